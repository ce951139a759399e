namespace CitiesOfLearning.Infra.Tests;

public sealed class PublishScriptTests : IDisposable
{
    private static readonly (string Name, string Value)[] Nation =
        [("AZURE_RESOURCE_GROUP", "rg"), ("HUB_APP_NAME", "hub"), ("HUB_VERIFY_APP_NAME", "verify")];

    private readonly Shell _shell = new();

    public PublishScriptTests()
    {
        if (!Shell.IsPresent)
        {
            return;
        }

        _shell.Put("az", """echo "az $*" >>"$HERE/calls" """);
        _shell.Put("dotnet", """echo "dotnet $*" >>"$HERE/calls"; mkdir -p "${@: -1}" """);
        _shell.Put("zip", """echo "zip $1" >>"$HERE/calls"; touch "$2" """);
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task One_package_is_built_and_published_to_both_apps_the_hub_first()
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);

        var (exit, output) = await _shell.RunAsync("infra-bicep/publish.sh", Nation);

        Assert.True(exit == 0, output);
        Assert.Equal(["hub", "verify"], Published().Select(p => p.App));
        Assert.Single(Published().Select(p => p.Package).Distinct());
        Assert.StartsWith("dotnet publish functions/App --configuration Release --output ", Calls()[0]);
        Assert.Single(Calls(), c => c.StartsWith("dotnet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_azd_has_published_the_hub_the_other_app_gets_the_same()
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);

        var (exit, output) = await _shell.RunAsync("infra-bicep/postdeploy.sh", Nation);

        Assert.True(exit == 0, output);
        Assert.Equal(["verify"], Published().Select(p => p.App));
    }

    [Fact]
    public async Task Where_one_app_does_everything_it_alone_is_published_to()
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);

        await _shell.RunAsync("infra-bicep/publish.sh", [.. Nation, ("HUB_VERIFY_APP_NAME", "")]);

        Assert.Equal(["hub"], Published().Select(p => p.App));
    }

    [Fact]
    public async Task Where_one_app_does_everything_nothing_is_left_to_do_after_azd()
    {
        Assert.SkipUnless(Shell.IsPresent, Shell.Absent);

        var (exit, output) = await _shell.RunAsync("infra-bicep/postdeploy.sh", [.. Nation, ("HUB_VERIFY_APP_NAME", "")]);

        Assert.True(exit == 0, output);
        Assert.Empty(Calls());
    }

    private string[] Calls() => File.Exists(_shell.At("calls")) ? File.ReadAllLines(_shell.At("calls")) : [];

    private IEnumerable<(string App, string Package)> Published() => Calls()
        .Where(c => c.StartsWith("az functionapp deployment source config-zip --resource-group rg ", StringComparison.Ordinal))
        .Select(c => c.Split(' '))
        .Select(c => (c[Array.IndexOf(c, "--name") + 1], c[Array.IndexOf(c, "--src") + 1]));
}
