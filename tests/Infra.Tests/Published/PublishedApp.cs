using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests.Published;

/// <summary>What docs/deploy.md deploys: <c>dotnet publish functions/App --configuration Release</c>, once for a class of tests.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private const string Package = "Azure.Security.KeyVault.Keys";

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-published-").FullName;

    /// <summary>What the vault's signer was compiled against.</summary>
    public string BuiltAgainst { get; private set; } = "";

    /// <summary>A digest of what the ordinary build of the app has restored and put out, before and after.</summary>
    public (string Before, string After) OrdinaryBuild { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var before = OrdinaryFiles();
        BuiltAgainst = $"Published with the package {Package}.";
        var (exit, output) = await PublishAsync();
        if (exit != 0 && output.Contains("NU1101", StringComparison.Ordinal) && output.Contains(Package, StringComparison.Ordinal))
        {
            BuiltAgainst = $"Published over tests/AzureSurface: this package source lacks {Package}.";
            var surface = Path.Combine(Repository.Root, "tests", "AzureSurface", "AzureSurface.targets");
            (exit, output) = await PublishAsync($"-p:CustomAfterMicrosoftCommonTargets={surface}");
        }

        Assert.True(exit == 0, output);
        OrdinaryBuild = (before, OrdinaryFiles());
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public string At(string file) => Path.Combine(_folder, file);

    /// <summary>Every file, with <c>/</c> between folders.</summary>
    public IReadOnlyList<string> Files() =>
    [
        .. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_folder, f).Replace('\\', '/')),
    ];

    public T Read<T>(string assembly, Func<PEReader, MetadataReader, T> read)
    {
        using var file = new PEReader(File.OpenRead(At(assembly)));
        return read(file, file.GetMetadataReader());
    }

    /// <summary>Starts the app as the Functions host does, but for the host's address.</summary>
    public Task<(int Exit, string Output)> StartAsync(IReadOnlyDictionary<string, string> settings) =>
        DotNet.RunAsync([At("CitiesOfLearning.App.dll")], TestContext.Current.CancellationToken, settings);

    // Analyzers have seen the same files in the ordinary build and in this one's.
    private Task<(int Exit, string Output)> PublishAsync(params string[] more) => DotNet.RunAsync(
    [
        "publish", "functions/App", "--configuration", "Release", "--output", _folder,
        "--nologo", "-v", "quiet", "-p:RunAnalyzers=false", .. more,
    ], TestContext.Current.CancellationToken);

    private static string OrdinaryFiles()
    {
        var app = Path.Combine(Repository.Root, "functions", "App");
        var files = ((string[])["obj", "bin"]).Select(f => Path.Combine(app, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Where(f => !Path.GetRelativePath(app, f).Replace('\\', '/').Split('/').Contains("publish"))
            .Order(StringComparer.Ordinal);
        return string.Join(
            '\n', files.Select(f => $"{Path.GetRelativePath(app, f)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))}"));
    }
}
