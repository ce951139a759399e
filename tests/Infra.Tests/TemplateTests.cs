using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.Infra.Tests;

public sealed partial class TemplateTests
{
    private const string Site = "Microsoft.Web/sites";

    [Fact]
    public async Task It_builds_without_a_warning()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        var (template, complaints) = await Bicep.RunAsync("build", "main.bicep", "--stdout");

        Assert.Empty(complaints);
        Assert.Contains("subscriptionDeploymentTemplate.json", (string)JsonNode.Parse(template)!["$schema"]!);
        Assert.DoesNotContain("listKeys", template, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("utcNow", template, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_lints_without_a_warning()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        Assert.Equal(("", ""), await Bicep.RunAsync("lint", "main.bicep"));
    }

    [Fact]
    public async Task A_warning_would_be_seen()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);
        await File.WriteAllTextAsync(
            Path.Combine(Bicep.Copy, "unused.bicep"), "param nobodyUsesMe string\n", TestContext.Current.CancellationToken);

        Assert.Contains("no-unused-params", (await Bicep.RunAsync("build", "unused.bicep", "--stdout")).Complaints);
    }

    /// <summary>The others are read by <see cref="Deployment"/>, which takes no complaint either.</summary>
    [Fact]
    public async Task The_parameter_file_that_azd_takes_fits()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        Assert.Empty((await Bicep.RunAsync("build-params", "main.bicepparam", "--stdout")).Complaints);
    }

    [Fact]
    public async Task A_group_that_is_there_gets_what_the_subscription_would_get()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        var (whole, inGroup) = (await Deployment.PilotAsync(), await Deployment.GroupAsync());

        Assert.Equal(
            whole.Resources.Select(r => (string)r["type"]!).Where(t => t != "Microsoft.Resources/resourceGroups").Order(),
            inGroup.Resources.Select(r => (string)r["type"]!).Order());
        Assert.Single(whole.All("Microsoft.Resources/resourceGroups"));
    }

    [Fact]
    public async Task A_pilot_keeps_nothing_running_and_goes_without_the_dear_things()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        var pilot = await Deployment.PilotAsync();

        Assert.Empty(Hosting.AlwaysReady(pilot.The(Site)));
        Assert.DoesNotContain(pilot.Resources, r => ((string)r["type"]!).Split('/')[0] is "Microsoft.Cdn" or "Microsoft.Network");
        Assert.True(pilot.The("Microsoft.KeyVault/vaults").Is("properties.sku.name", "standard"));
    }

    [Fact]
    public async Task A_nation_has_hardware_keys_a_private_network_and_one_door()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        var nation = await Deployment.NationAsync();

        Assert.Equal(200, nation
            .All("Microsoft.KeyVault/vaults/keys")
            .Count(k => ((string)k.At("properties.kty")!).EndsWith("-HSM", StringComparison.Ordinal)));
        Assert.All((string[])["Microsoft.KeyVault/vaults", "Microsoft.Storage/storageAccounts"], t =>
            Assert.All(nation.All(t), r =>
                Assert.True(r.Is("properties.publicNetworkAccess", "Disabled") && r.Is("properties.networkAcls.defaultAction", "Deny"))));
        Assert.Equal(
            ["blob", "blob", "queue", "table", "vault"],
            nation
                .All("Microsoft.Network/privateEndpoints")
                .Select(e => (string)e.At("properties.privateLinkServiceConnections")![0].At("properties.groupIds")![0]!)
                .Order());
        Assert.EndsWith("/subnets/app", (string)nation.App.At("properties.virtualNetworkSubnetId")!);
        Assert.EndsWith("/subnets/verify", (string)nation.Verifier.At("properties.virtualNetworkSubnetId")!);
        Assert.All(nation.All(Site), s => Assert.True(s.Is("properties.siteConfig.ipSecurityRestrictionsDefaultAction", "Deny")));
        Assert.Single(nation.All("Microsoft.Cdn/profiles"));
        Assert.NotEmpty(Hosting.AlwaysReady(nation.App));
        Assert.Equal(["http"], Hosting.AlwaysReady(nation.Verifier));
    }

    [Fact]
    public async Task A_pilot_verifies_in_the_app_that_does_everything()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        OneAppForAll(await Deployment.PilotAsync());
    }

    /// <summary>Nobody else can send some paths of one address to another app.</summary>
    [Fact]
    public async Task Without_Front_Door_there_is_no_app_apart_whatever_was_asked_for()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        var options = "{ hsm: false, privateNetwork: true, frontDoor: false, verifyApart: true, signInClientId: '' }";

        OneAppForAll(await Deployment.PilotButAsync("doorless", $"param options = {options}"));
    }

    [Fact]
    public async Task With_Front_Door_verification_may_stay_in_the_app_that_does_everything()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        var options = "{ hsm: false, privateNetwork: false, frontDoor: true, verifyApart: false, signInClientId: '' }";
        var deployment = await Deployment.PilotButAsync("together", $"param options = {options}");

        OneAppForAll(deployment);
        Assert.Equal(["all"], deployment.Names("Microsoft.Cdn/profiles/afdEndpoints/routes"));
    }

    [Fact]
    public async Task A_function_that_nobody_has_decided_about_is_noticed()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        var nation = await Deployment.NationAsync();

        Assert.Empty(VerifyApart.Undecided(nation, Hosting.Functions));
        Assert.Equal(["func-verify runs OnLetter"], VerifyApart.Undecided(nation, [.. Hosting.Functions, "OnLetter"]));
        Assert.Equal(["func-verify knows OnMail"], VerifyApart.Undecided(nation, [.. Hosting.Functions.Where(f => f != "OnMail")]));
    }

    [Fact]
    public async Task Staff_sign_in_stands_behind_a_parameter_and_lets_everybody_else_pass()
    {
        Assert.SkipUnless(Bicep.IsPresent, Bicep.Absent);

        var (template, _) = await Bicep.RunAsync("build", "modules/signin.bicep", "--stdout");
        var settings = JsonNode.Parse(template)!["resources"]!.AsArray().Single(r => r.Is("type", "Microsoft.Web/sites/config"));

        Assert.Contains(
            "module signIn 'signin.bicep' = if (!empty(options.signInClientId))",
            await File.ReadAllTextAsync(Path.Combine(Bicep.Source, "modules", "hub.bicep"), TestContext.Current.CancellationToken));
        Assert.True(settings.Is("properties.globalValidation.unauthenticatedClientAction", "AllowAnonymous"));
        Assert.True(
            settings.Is(
                "properties.identityProviders.azureActiveDirectory.registration.clientSecretSettingName",
                "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID"));
    }

    [Fact]
    public void Rights_are_given_in_one_file()
    {
        var givers = Directory.EnumerateFiles(Bicep.Source, "*.bicep", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("Microsoft.Authorization/", StringComparison.Ordinal)).Select(Path.GetFileName);

        Assert.Equal(["roles.bicep"], givers);
    }

    [Fact]
    public void No_secret_is_written_down()
    {
        var values = Directory
            .EnumerateFiles(Bicep.Source, "*", SearchOption.AllDirectories)
            .SelectMany(f => LongToken().Matches(File.ReadAllText(f)).Select(m => m.Value));

        Assert.Empty(values);
    }

    private static void OneAppForAll(Deployment deployment)
    {
        Assert.DoesNotContain(deployment.SettingsOf(deployment.The(Site)), s => s.Key.EndsWith(".Disabled", StringComparison.Ordinal));
        Assert.Single(deployment.All("Microsoft.ManagedIdentity/userAssignedIdentities"));
        Assert.Single(deployment.All("Microsoft.Storage/storageAccounts"));
        Assert.Single(deployment.All("Microsoft.Insights/webtests"));
        Assert.DoesNotContain(
            deployment.Resources, r => r.Is("type", "Microsoft.Network/privateEndpoints") && $"{r["name"]}".Contains("verify"));
        Assert.DoesNotContain(
            deployment.All("Microsoft.Authorization/roleAssignments"),
            r => r.ToJsonString().Contains("id-verify-", StringComparison.Ordinal));
    }

    // What a key in base64 or hex looks like; the ids of built-in roles have hyphens.
    [GeneratedRegex(@"(?<![\w/.-])(?=\w*\d)(?=\w*[a-zA-Z])[A-Za-z0-9+=]{32,}(?![\w/.-])")]
    private static partial Regex LongToken();
}
