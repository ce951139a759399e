using System.Diagnostics;
using System.Reflection;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>The Bicep compiler, and a copy of infra-bicep for it to write into.</summary>
internal static class Bicep
{
    /// <summary>For <c>Assert.SkipUnless</c>.</summary>
    public const string Absent = "The Bicep compiler has no package for this machine: see Infra.Tests.csproj for those it has.";

    private static readonly string Program = Path.Combine(
        typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "BicepFolder").Value ?? "",
        "tools",
        OperatingSystem.IsWindows() ? "bicep.exe" : "bicep");

    public static bool IsPresent => File.Exists(Program);

    public static string Source { get; } = Path.Combine(Repository.Root, "infra-bicep");

    /// <summary>A copy that goes away with the tests.</summary>
    public static string Copy { get; } = MakeCopy();

    /// <summary>What it printed, and everything it complained of.</summary>
    public static async Task<(string Output, string Complaints)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = Copy,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(Copy, ".bicep");
        foreach (var name in (string[])[
            "AZURE_ENV_NAME",
            "AZURE_LOCATION",
            "AZURE_PRINCIPAL_TYPE",
            "HUB_PUBLIC_URL_WANTED",
            "HUB_OPERATOR_EMAILS"
        ])
        {
            start.Environment.Remove(name);
        }

        // Somebody who uploads, so that what such a person may do is looked at too.
        start.Environment["AZURE_PRINCIPAL_ID"] = "00000000-0000-0000-0000-00000000000a";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (await output, await complaints + (process.ExitCode == 0 ? "" : $"exit {process.ExitCode}"));
    }

    private static string MakeCopy()
    {
        var copy = Directory.CreateTempSubdirectory("hub-bicep-").FullName;
        foreach (var file in Directory.EnumerateFiles(Source, "*.bicep*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(copy, recursive: true);
        return copy;
    }
}
