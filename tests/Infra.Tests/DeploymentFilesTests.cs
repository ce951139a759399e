using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>azure.yaml, the workflow and the scripts name what is there.</summary>
public sealed partial class DeploymentFilesTests
{
    private static readonly string Azd = Read("azure.yaml");
    private static readonly string Workflow = Read(".github", "workflows", "deploy.yml");

    [Fact]
    public void Azd_finds_the_template_the_app_and_the_step_after()
    {
        var (path, module) = (Value(Azd, "path"), Value(Azd, "module"));

        Assert.True(File.Exists(Path.Combine(Repository.Root, path, $"{module}.bicep")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, path, $"{module}.bicepparam")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, Value(Azd, "project"), "App.csproj")));
        Assert.All(Regex
            .Matches(Azd, "run: bash (.*)")
            .Select(m => m.Groups[1].Value), s => Assert.True(File.Exists(Path.Combine(Repository.Root, s))));
        Assert.Contains("\n  postprovision:\n", Azd);
        Assert.Contains("\n  postdeploy:\n", Azd);
        Assert.Matches("^cities-of-learning@[0-9]+\\.[0-9]+\\.[0-9]+$", Value(Azd, "template"));
    }

    [Fact]
    public async Task Azd_finds_its_service_by_the_tag_of_the_app()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        Assert.Contains($"\n  {(string?)(await Deployment.PilotAsync()).The("Microsoft.Web/sites").At("tags.azd-service-name")}:\n", Azd);
    }

    [Theory]
    [InlineData("main.bicep")]
    [InlineData("modules/hub.bicep")]
    public async Task The_steps_after_ask_for_nothing_that_the_template_does_not_put_out(string deployed)
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);
        var (template, _) = await Bicep.RunAsync("build", deployed, "--stdout");
        var outputs = JsonNode.Parse(template)!["outputs"]!.AsObject().Select(o => o.Key).ToHashSet();

        var asked = Needed().Matches(Read("infra-bicep", "postprovision.sh")).Select(m => m.Groups["name"].Value)
            .Concat(Apps().Matches(Read("infra-bicep", "publish.sh")).Select(m => m.Groups["name"].Value))
            .Concat(Deploying()
                .Matches(Read("docs", "deploy.md").Split("\n## 4")[1].Split("\n## By GitHub")[0])
                .Select(m => m.Groups["name"].Value)).ToList();

        Assert.Contains("HUB_VAULT_NAME", asked);
        Assert.Contains("AZURE_RESOURCE_GROUP", asked);
        Assert.Contains("HUB_VERIFY_APP_NAME", asked);
        Assert.All(asked, name => Assert.Contains(name, outputs));
    }

    [Fact]
    public void The_workflow_signs_in_without_a_stored_credential_after_approval()
    {
        Assert.DoesNotContain("secrets.", Workflow);
        Assert.Contains("id-token: write", Workflow);
        Assert.Contains("environment: ${{ inputs.environment || 'pilot' }}", Workflow);
        Assert.Matches("uses: azure/login@v\\d\n", Workflow);
    }

    [Fact]
    public void The_workflow_looks_at_what_it_deployed()
    {
        Assert.All(Regex
            .Matches(Workflow, @"infra-bicep/[\w-]+\.sh")
            .Select(m => m.Value), s => Assert.True(File.Exists(Path.Combine(Repository.Root, s))));
        Assert.True(
            Workflow.IndexOf("smoke.sh send", StringComparison.Ordinal)
            > Workflow.IndexOf("publish.sh app.zip", StringComparison.Ordinal));
        Assert.All(
            Regex.Match(Workflow, @"options: \[(?<names>[^\]]+)\]").Groups["names"].Value.Split(", "),
            name => Assert.True(File.Exists(Path.Combine(Bicep.Source, $"{name}.bicepparam"))));
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path])).ReplaceLineEndings("\n");

    private static string Value(string yaml, string name) => Regex.Match(yaml, $@"\n +{name}: (.+)\n").Groups[1].Value;

    [GeneratedRegex(@"\$\{(?<name>(AZURE|HUB)_[A-Z_]+):\?\}")]
    private static partial Regex Needed();

    [GeneratedRegex(@"\$\{(?<name>HUB_[A-Z_]+_NAME):-\}")]
    private static partial Regex Apps();

    [GeneratedRegex(@"\$(?<name>(AZURE|HUB)_[A-Z_]+)")]
    private static partial Regex Deploying();
}
