using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Verification;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>
/// Verification as an app of its own: it scales by itself, has no secret, reads what it needs and writes nothing of the hub's
/// (docs/adr/0007-verification-apart.md).
/// </summary>
internal static class VerifyApart
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private const string Assignment = "Microsoft.Authorization/roleAssignments";
    private const string Endpoint = "Microsoft.Network/privateEndpoints";
    private const string Group = "Microsoft.Cdn/profiles/originGroups";
    private const string Key = "Microsoft.KeyVault/vaults/keys";
    private const string Origin = "Microsoft.Cdn/profiles/originGroups/origins";
    private const string Route = "Microsoft.Cdn/profiles/afdEndpoints/routes";
    private const string WebTest = "Microsoft.Insights/webtests";

    private const string BlobContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    private const string BlobReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
    private const string TableReader = "76199698-9eea-4c19-bc75-cec21354c6b6";
    private const string VaultReader = "21090545-7ca7-4776-b22c-e363652d74d2";
    private const string CryptoUser = "12338af0-0e69-4776-bea7-57ae8d297424";
    private const string MetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";

    private static readonly string[] OfVerification = ["VerifyBadge", "VerifyForm"];
    private static readonly string[] OfBoth = ["HealthLive", "HealthReady"];

    public static IEnumerable<Rule> Rules =>
    [
        new(
            "Every function runs where that was decided",
            d => Undecided(d, Hosting.Functions),
            d => VerifierSettings(d).Remove("AzureWebJobs.Hook.Disabled"),
            d => VerifierSettings(d)["AzureWebJobs.Hook.Disabled"] = "false",
            d => VerifierSettings(d)["AzureWebJobs.HealthReady.Disabled"] = "true",
            d => VerifierSettings(d)["AzureWebJobs.OnLetter.Disabled"] = "true",
            d => d.Settings.Remove("AzureWebJobs.VerifyBadge.Disabled"),
            d => d.Settings["AzureWebJobs.OnMail.Disabled"] = "true"),
        new(
            "The app that verifies is told so, and where the hub's state and keys are",
            d => ((string, string?)[])
            [
                ("Hub__VerifiesOnly", "true"),
                ("Hub__PublicUrl", (string?)d.Settings["Hub__PublicUrl"]),
                ("Hub__KeyVaultUrl", (string?)d.Settings["Hub__KeyVaultUrl"]),
                ("Hub__StorageAccount", (string?)d.Settings["AzureWebJobsStorage__accountName"]),
            ] is var wanted ? wanted.Where(w => (string?)VerifierSettings(d)[w.Item1] != w.Item2).Select(w => w.Item1) : [],
            d => VerifierSettings(d).Remove("Hub__VerifiesOnly"),
            d => VerifierSettings(d)["Hub__PublicUrl"] = "https://verify.example.org",
            d => VerifierSettings(d)["Hub__KeyVaultUrl"] = "https://another.vault.azure.net/",
            d => VerifierSettings(d)["Hub__StorageAccount"] = "another"),
        new(
            "The app that verifies has no secret",
            d => VerifierSettings(d)
                .Where(s => $"{s.Value}".Contains("Microsoft.KeyVault(", StringComparison.Ordinal)
                    || s.Key is "Hub__DataKey" or "Hub__HashKey" || s.Key.StartsWith("Sources__", StringComparison.Ordinal))
                .Select(s => s.Key),
            d => VerifierSettings(d)["Hub__HashKey"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            d => VerifierSettings(d)["Hub__Colour"] = "@Microsoft.KeyVault(SecretUri=x)",
            d => VerifierSettings(d)["Sources__plymouth__moodle__Secret"] = "x"),
        new(
            "Every setting of the app that verifies is read by somebody, and explained",
            d => Settings.Unknown(VerifierSettings(d)),
            d => VerifierSettings(d)["Hub__Colour"] = "blue"),
        new(
            "The app that verifies signs in as nobody but itself",
            d => Identity(d.Verifier) is var own && own != Identity(d.App)
                && ((string[])["AZURE_CLIENT_ID", "AzureWebJobsStorage__clientId", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING"])
                    .All(n => $"{VerifierSettings(d)[n]}".Contains(own, StringComparison.Ordinal)) ? [] : [own],
            d => d.Verifier.Set("identity", d.App["identity"]!.DeepClone()),
            d => VerifierSettings(d)["AZURE_CLIENT_ID"] = d.Settings["AZURE_CLIENT_ID"]!.DeepClone()),
        new(
            "The app that verifies reads what it verifies with, and writes into its host's account alone",
            d => Rights(d).ToHashSet() is var given && Needed(d).ToHashSet() is var needed
                ? given.Except(needed).Select(r => $"too much: {r}").Concat(needed.Except(given).Select(r => $"missing: {r}"))
                : [],
            [
                .. Enumerable.Range(0, 6).Select<int, Action<Deployment>>(i => d => d.Remove(Assignments(d)[i])),
                d => Assigned(d, BlobReader).Set("properties.roleDefinitionId", Security.RoleId(BlobContributor)),
                d => Assigned(d, VaultReader).Set("properties.roleDefinitionId", Security.RoleId(CryptoUser)),
                d => Assigned(d, BlobContributor)
                    .Set("id", $"{HubAccount(d)["id"]}/providers/{Assignment}/x"),
                d => d.All(Assignment)
                    .First(r => Security.Role($"{r["properties"]!["roleDefinitionId"]}") == CryptoUser)
                    .Set("properties.principalId", $"[reference('{Identity(d.Verifier)}').principalId]"),
            ]),
        new(
            "The package and the host's own blobs of the app that verifies are in an account without anything of the hub's",
            d => ((string)VerifierSettings(d)["AzureWebJobsStorage__accountName"]!) is var own
                && own != (string?)HubAccount(d)["name"]
                && $"{d.Verifier.At("properties.functionAppConfig.deployment.storage.value")}".Contains(own, StringComparison.Ordinal)
                && d.Resources.Count(r => $"{r["name"]}".StartsWith($"{own}/", StringComparison.Ordinal)) == 1 ? [] : [own],
            d => VerifierSettings(d)["AzureWebJobsStorage__accountName"] = (string)HubAccount(d)["name"]!,
            d => d.Verifier.Set(
                "properties.functionAppConfig.deployment.storage.value",
                d.App.At("properties.functionAppConfig.deployment.storage.value")!.DeepClone())),
        new(
            "On a private network every account has an endpoint",
            d => d.All(Account).Select(a => $"{a["id"]}").Where(id => !d
                .All(Endpoint)
                .Any(e => e.At("properties.privateLinkServiceConnections")![0].Is("properties.privateLinkServiceId", id))),
            d => d.Remove(d.All(Endpoint).Single(e => $"{e["name"]}".Contains("verify", StringComparison.Ordinal)))),
        new(
            "Front Door sends verification to the app that verifies, and everything else to the hub",
            Misled,
            d => d.Remove(Routed(d, "verify")),
            d => d.Remove(Routed(d, "verify-health")),
            d => Routed(d, "verify").Set("properties.patternsToMatch", new JsonArray("/verify*")),
            d => Routed(d, "verify").Set("properties.patternsToMatch", new JsonArray("/verify")),
            d => Routed(d, "verify").Set("properties.originGroup", Routed(d, "all").At("properties.originGroup")!.DeepClone()),
            d => Routed(d, "all").Set("properties.originGroup", Routed(d, "verify").At("properties.originGroup")!.DeepClone()),
            d => Routed(d, "verify-health").Set("properties.originPath", null),
            d => d.All(Origin).Single(o => $"{o["name"]}".EndsWith("/verify/verify", StringComparison.Ordinal))
                .Set("properties.hostName", "func-verify.example.org")),
        new(
            "Every route answers over https alone, at the endpoint's own name too",
            d => d.All(Route)
                .Where(r => !(r.Is("properties.httpsRedirect", "Enabled") && r.Is("properties.forwardingProtocol", "HttpsOnly")
                    && r.Is("properties.linkToDefaultDomain", "Enabled")))
                .Select(r => $"{r["name"]}"),
            d => d.All(Route)[^1].Set("properties.httpsRedirect", "Disabled"),
            d => d.All(Route)[^1].Set("properties.forwardingProtocol", "MatchRequest"),
            d => d.All(Route)[^1].Set("properties.linkToDefaultDomain", "Disabled")),
        new(
            "Each app answers Front Door alone",
            d => ((JsonObject[])[d.App, d.Verifier])
                .Where(app => !(app.Is("properties.siteConfig.ipSecurityRestrictionsDefaultAction", "Deny")
                    && app.At("properties.siteConfig.ipSecurityRestrictions")!.AsArray() is [var only]
                    && only.Is("tag", "ServiceTag") && only.Is("ipAddress", "AzureFrontDoor.Backend")
                    && only.At("headers.x-azure-fdid") is JsonArray { Count: 1 } ids
                    && $"{ids[0]}".Contains("frontDoorId", StringComparison.Ordinal)))
                .Select(app => $"{app["name"]}"),
            d => d.Verifier.Set("properties.siteConfig.ipSecurityRestrictionsDefaultAction", "Allow"),
            d => d.Verifier.Set("properties.siteConfig.ipSecurityRestrictions", new JsonArray()),
            d => d.Verifier.At("properties.siteConfig.ipSecurityRestrictions")![0]!["headers"] = null),
        new(
            "The app that verifies grows by itself, before its desk sends anybody away, and not without bound",
            d => !d.Verifier.Is("properties.serverFarmId", $"{d.App.At("properties.serverFarmId")}")
                && d.Verifier.At("properties.functionAppConfig.scaleAndConcurrency") is { } scale
                && (int)scale.At("triggers.http.perInstanceConcurrency")! <= VerificationDesk.MaxAtOnce / 2
                && (int)scale.At("maximumInstanceCount")! <= 40 ? [] : [$"{d.Verifier["name"]}"],
            d => d.Verifier.Set("properties.serverFarmId", $"{d.App.At("properties.serverFarmId")}"),
            d => d.Verifier.Set("properties.functionAppConfig.scaleAndConcurrency.triggers.http.perInstanceConcurrency", 32),
            d => d.Verifier.Set("properties.functionAppConfig.scaleAndConcurrency.maximumInstanceCount", 200)),
        new(
            "Each app is asked whether it is ready, by the way that everybody comes, and an alert listens",
            d => ((JsonObject[])[d.App, d.Verifier]).Where(app => !d.All(WebTest).Any(t =>
                    To(d, ((string)t.At("properties.Request.RequestUrl")!)[$"{d.Settings["Hub__PublicUrl"]}".Length..])
                        == (Host(app), "/health/ready")
                    && d.All("Microsoft.Insights/metricAlerts").Any(a => a.Is("properties.criteria.webTestId", $"{t["id"]}"))))
                .Select(app => $"{app["name"]}"),
            d => d.Remove(d.All(WebTest)[^1]),
            d => d.All(WebTest)[^1].Set("properties.Request.RequestUrl", "https://badges.example.org/health/ready"),
            d => d.Remove(d.All("Microsoft.Insights/metricAlerts")[^1])),
    ];

    /// <summary>What runs where nobody said that it should, or does not run where it should.</summary>
    /// <param name="functions">Those that the app has.</param>
    public static IEnumerable<string> Undecided(Deployment deployment, IReadOnlyCollection<string> functions) =>
    [
        .. Differences("func-badges", deployment.Settings, functions, [.. functions.Except(OfVerification)]),
        .. Differences("func-verify", VerifierSettings(deployment), functions, [.. OfVerification, .. OfBoth]),
    ];

    private static IEnumerable<string> Differences(
        string app, JsonObject settings, IReadOnlyCollection<string> functions, IReadOnlyCollection<string> wanted)
    {
        var named = settings.Where(s => s.Key.EndsWith(".Disabled", StringComparison.Ordinal)).ToDictionary(
            s => s.Key["AzureWebJobs.".Length..^".Disabled".Length], s => (string?)s.Value);
        var run = functions.Where(f => named.GetValueOrDefault(f) != "true").ToList();
        return
        [
            .. run.Except(wanted).Select(f => $"{app} runs {f}"),
            .. wanted.Except(run).Select(f => $"{app} lacks {f}"),
            .. named.Keys.Except(functions).Select(f => $"{app} knows {f}"),
        ];
    }

    private static IEnumerable<string> Misled(Deployment deployment)
    {
        var (hub, verifier) = (Host(deployment.App), Host(deployment.Verifier));
        (string Path, (string, string) To)[] ways =
        [
            ("/verify", (verifier, "/verify")),
            ("/verify/", (verifier, "/verify/")),
            ("/verify/health/ready", (verifier, "/health/ready")),
            .. ((string[])["/", "/verifying", "/claim/x", "/assets/hub.css", "/health/ready", "/hooks/plymouth/moodle", "/cities/verify"])
                .Select(path => (path, (hub, path))),
        ];
        return ways.Where(w => To(deployment, w.Path) != w.To).Select(w => $"{w.Path} goes to {To(deployment, w.Path)}");
    }

    // https://learn.microsoft.com/azure/frontdoor/front-door-route-matching: exact before wildcard, the longer wildcard first. An origin
    // path takes the place of what stands before the wildcard (https://learn.microsoft.com/azure/frontdoor/how-to-configure-route).
    private static (string Host, string Path)? To(Deployment deployment, string path) => deployment.All(Route)
        .SelectMany(r => r.At("properties.patternsToMatch")!.AsArray().Select(p => (Route: r, Pattern: (string)p!)))
        .Where(r => r.Pattern.EndsWith('*') ? path.StartsWith(r.Pattern[..^1], StringComparison.Ordinal) : path == r.Pattern)
        .OrderBy(r => r.Pattern.EndsWith('*'))
        .ThenByDescending(r => r.Pattern.Length)
        .Select(r => ((string, string)?)(
            OriginOf(deployment, r.Route),
            (string?)r.Route.At("properties.originPath") is { } instead ? instead + path[(r.Pattern.Length - 1)..] : path))
        .FirstOrDefault();

    private static string OriginOf(Deployment deployment, JsonObject route) =>
        deployment.All(Group).Single(g => route.Is("properties.originGroup.id", $"{g["id"]}")) is var group
            ? (string)deployment.All(Origin).Single(o => $"{o["id"]}".StartsWith($"{group["id"]}/", StringComparison.Ordinal))
                .At("properties.hostName")!
            : "";

    private static string Host(JsonObject app) => $"{app["name"]}.azurewebsites.net";

    private static JsonObject Routed(Deployment deployment, string name) =>
        deployment.All(Route).Single(r => $"{r["name"]}".EndsWith($"/{name}", StringComparison.Ordinal));

    private static JsonObject VerifierSettings(Deployment deployment) => deployment.SettingsOf(deployment.Verifier);

    private static string Identity(JsonObject app) => app.At("identity.userAssignedIdentities")!.AsObject().Single().Key;

    private static JsonObject HubAccount(Deployment deployment) =>
        deployment.All(Account).Single(a => a.Is("name", (string)deployment.Settings["AzureWebJobsStorage__accountName"]!));

    private static JsonObject[] Assignments(Deployment deployment) =>
    [
        .. deployment.All(Assignment)
            .Where(r => $"{r.At("properties.principalId")}".Contains($"'{Identity(deployment.Verifier)}'", StringComparison.Ordinal)),
    ];

    private static JsonObject Assigned(Deployment deployment, string role) =>
        Assignments(deployment).First(r => Security.Role($"{r["properties"]!["roleDefinitionId"]}") == role);

    private static IEnumerable<(string Role, string Scope)> Rights(Deployment deployment) => Assignments(deployment)
        .Select(r => (Security.Role((string)r["properties"]!["roleDefinitionId"]!), Security.ScopeOf((string)r["id"]!)));

    private static IEnumerable<(string Role, string Scope)> Needed(Deployment deployment)
    {
        var hub = $"{HubAccount(deployment)["id"]}";
        return
        [
            (BlobContributor, $"{deployment.All(Account).Single(a => $"{a["id"]}" != hub)["id"]}"),
            (BlobReader, $"{hub}/blobServices/default/containers/cities"),
            (BlobReader, $"{hub}/blobServices/default/containers/public"),
            (TableReader, $"{hub}/tableServices/default/tables/Awards"),
            (MetricsPublisher, $"{deployment.The("Microsoft.Insights/components")["id"]}"),
            .. deployment.All(Key).Select(k => (VaultReader, $"{k["id"]}")),
        ];
    }
}
