using System.Reflection.Metadata;
using System.Text.Json.Nodes;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests.Published;

public sealed class PublishTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["Hub__PublicUrl"] = "https://badges.example.org",
        ["Hub__KeyVaultUrl"] = "https://kv-badges.vault.azure.net/",
        ["Hub__DataKey"] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        ["Hub__HashKey"] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    };

    [Fact]
    public void A_published_app_signs_with_the_vault_and_knows_no_keys_in_files()
    {
        TestContext.Current.TestOutputHelper!.WriteLine(app.BuiltAgainst);
        var files = app.Files();
        var dependencies = File.ReadAllText(app.At("CitiesOfLearning.App.deps.json"));

        foreach (var laptop in (string[])["LocalKeys", "DevHost", "FunctionsHost"])
        {
            Assert.DoesNotContain(files, f => f.Contains($"CitiesOfLearning.{laptop}", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(laptop, dependencies);
        }

        Assert.Contains("CitiesOfLearning.KeyVault.KeyVaultSigner", Types("CitiesOfLearning.KeyVault.dll"));
        Assert.Contains("CitiesOfLearning.KeyVault", References("CitiesOfLearning.App.dll"));
        Assert.DoesNotContain("CitiesOfLearning.LocalKeys", References("CitiesOfLearning.App.dll"));
    }

    [Fact]
    public void What_the_functions_host_looks_for_is_there()
    {
        var files = app.Files();
        var worker = Json("worker.config.json")["description"]!;
        var functions = Json("functions.metadata").AsArray().Select(f => (string)f!["name"]!);

        Assert.All(["host.json", "functions.metadata", "extensions.json", "worker.config.json"], f => Assert.Contains(f, files));
        Assert.Contains(files, f => f.StartsWith(".azurefunctions/", StringComparison.Ordinal));
        Assert.Equal("dotnet", (string?)worker["defaultExecutablePath"]);
        Assert.Equal("CitiesOfLearning.App.dll", (string?)worker["defaultWorkerPath"]);
        Assert.Equal(Hosting.Functions.Order(), functions.Order());
        Assert.DoesNotContain(files, f => f.EndsWith("local.settings.json", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void It_is_compiled_already_but_for_the_library_of_which_little_is_used()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "App.csproj compiles ahead on Linux only.");

        Assert.All(["App", "Hub", "JsonLd", "KeyVault"], name => Assert.True(IsReadyToRun($"CitiesOfLearning.{name}.dll"), name));
        Assert.True(IsReadyToRun("Microsoft.Azure.Functions.Worker.Core.dll"));
        Assert.False(IsReadyToRun("Microsoft.Graph.dll"));
    }

    [Fact]
    public async Task Without_settings_it_does_not_start()
    {
        var (exit, output) = await app.StartAsync(new Dictionary<string, string>());

        Assert.Equal(1, exit);
        Assert.Matches("(?m)^Hub__PublicUrl must be ", output);
        Assert.DoesNotContain("   at ", output);
    }

    [Fact]
    public async Task With_a_sample_secret_it_does_not_start()
    {
        var settings = new Dictionary<string, string>(Good) { ["Sources__plymouth__moodle__Secret"] = "local-moodle-token" };

        var (exit, output) = await app.StartAsync(settings);

        Assert.Equal(1, exit);
        Assert.Equal("Sources__plymouth__moodle__Secret is a sample secret that everybody knows: choose another.", output.Trim());
    }

    [Fact]
    public async Task With_its_settings_it_gets_as_far_as_asking_for_the_host()
    {
        var (exit, output) = await app.StartAsync(Good);

        Assert.NotEqual(0, exit);
        Assert.Contains("'Functions:Worker:HostEndpoint'", output);
    }

    [Fact]
    public void Nobodys_ordinary_build_is_disturbed() => Assert.Equal(app.OrdinaryBuild.Before, app.OrdinaryBuild.After);

    [Fact]
    public async Task Published_in_any_other_way_than_by_dotnet_publish_it_is_refused()
    {
        var (exit, output) = await DotNet.RunAsync(
            ["msbuild", "functions/App", "-t:RefuseToPublishLocalKeys", "-nologo", "-v:quiet"], TestContext.Current.CancellationToken);

        Assert.Equal(1, exit);
        Assert.Contains("Publish the app with dotnet publish", output);
    }

    private JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(app.At(file)))!;

    private List<string> Types(string assembly) => app.Read(assembly, (_, metadata) =>
        metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}").ToList());

    private List<string> References(string assembly) => app.Read(assembly, (_, metadata) =>
        metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).Select(r => metadata.GetString(r.Name)).ToList());

    // ECMA-335, II.25.3.3; its header is where ReadyToRun keeps native code.
    private bool IsReadyToRun(string assembly) =>
        app.Read(assembly, (file, _) => file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
}
