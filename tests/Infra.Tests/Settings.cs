using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>The settings that the code reads, the infrastructure sets and docs/settings.md explains are the same.</summary>
internal static partial class Settings
{
    private const string RetryDelay = "AzureFunctionsJobHost__extensions__queues__visibilityTimeout";
    private const string Disabled = "AzureWebJobs.{function}.Disabled";
    private const string Source = "Sources__{city}__{source}__";

    /// <summary>Read by the Functions host, the platform or the Azure SDK, not by the hub.</summary>
    private static readonly HashSet<string> Platform =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "AZURE_TOKEN_CREDENTIALS",
        "AzureFunctionsJobHost__extensions__queues__batchSize", Disabled, "AzureWebJobsDisableHomepage",
        "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential",
        "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID",
    ];

    /// <summary>
    /// Read by the hub and left out in Azure: a connection string holds a key, an account's name does not; nothing is changing over. The
    /// last two are the other app's, if there is one that verifies.
    /// </summary>
    private static readonly HashSet<string> NotInAzure =
        ["AzureWebJobsStorage", Source + "NextSecret", "Hub__StorageAccount", "Hub__VerifiesOnly"];

    /// <summary>What the hub reads: the properties of its options, and what it asks the configuration for by name.</summary>
    public static IReadOnlySet<string> Read { get; } = new HashSet<string>(
    [
        .. typeof(HubOptions).GetProperties().Select(p => $"Hub__{p.Name}"),
        .. Sources().SelectMany(text => Asked()
            .Matches(text)
            .Select(m => m.Groups["name"].Value.Replace(":", "__", StringComparison.Ordinal))),
        Source + "Secret",
        Source + "NextSecret",
    ]);

    public static IEnumerable<Rule> Rules =>
    [
        new(
            "Every setting that the hub reads is set",
            d => Read.Except(NotInAzure).Except(Set(d)),
            [.. Read.Except(NotInAzure).Select<string, Action<Deployment>>(n => d => RemoveSetting(d, n))]),
        new(
            "Every setting that is set is read by somebody",
            d => Set(d).Except(Read).Except(Platform),
            d => d.Settings["Hub__Colour"] = "blue",
            d => d.Settings["Sources__plymouth__hub__Password"] = "x"),
        new(
            "A setting's name is one that Azure takes",
            d => d.All("Microsoft.Web/sites").SelectMany(d.SettingsOf).Select(s => s.Key).Where(n => !AzureName().IsMatch(n)),
            d => d.Settings["AzureWebJobs.OnMail"] = "x",
            d => d.Settings["Sources__plymouth__code-club__Secret"] = "x"),
        new(
            "A secret is a reference to the vault",
            d => d.Settings
                .Where(s => s.Key is "Hub__DataKey" or "Hub__HashKey" || s.Key.StartsWith("Sources__", StringComparison.Ordinal))
                .Where(s => !((string)s.Value!).Contains("@Microsoft.KeyVault(SecretUri=", StringComparison.Ordinal))
                .Select(s => s.Key),
            d => d.Settings["Hub__HashKey"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            d => d.Settings["Sources__plymouth__moodle__Secret"] = "local-moodle-token"),
        new(
            "The hub's address is https",
            d => d.Settings["Hub__PublicUrl"]!.ToString() is var url
                && url.StartsWith("https://", StringComparison.Ordinal)
                && !url.EndsWith('/') ? [] : [url],
            d => d.Settings["Hub__PublicUrl"] = "http://badges.example.org"),
        new(
            "A message that failed waits before the next attempt",
            d => TimeSpan.TryParse(
                (string?)(d.Settings[RetryDelay] ?? Queues["visibilityTimeout"]), CultureInfo.InvariantCulture, out var wait)
                && wait >= TimeSpan.FromSeconds(10) ? [] : [RetryDelay],
            d => d.Settings[RetryDelay] = "00:00:00"),
        new(
            "Every setting is explained in docs/settings.md",
            d => Set(d).Where(n => !Page.Contains($"`{n}`", StringComparison.Ordinal)),
            d => d.Settings["Hub__Colour"] = "blue"),
    ];

    /// <summary>What host.json says of queues, for every deployment.</summary>
    public static JsonNode Queues { get; } =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "functions", "App", "host.json")))!["extensions"]!["queues"]!;

    private static string Page { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md"));

    /// <summary>The hub's own code options bind nothing that is not looked at here.</summary>
    public static IEnumerable<string> BoundTypes() =>
        Sources().SelectMany(text => Bound().Matches(text).Select(m => m.Groups["type"].Value));

    public static string General(string setting) =>
        setting.Split("__") is ["Sources", _, _, var last] ? Source + last
        : setting.Split('.') is ["AzureWebJobs", _, "Disabled"] ? Disabled
        : setting;

    /// <summary>Names that neither the hub nor the platform reads, or that docs/settings.md does not explain.</summary>
    public static IEnumerable<string> Unknown(JsonObject settings) => settings
        .Select(s => General(s.Key))
        .Where(n => (!Read.Contains(n) && !Platform.Contains(n)) || !Page.Contains($"`{n}`", StringComparison.Ordinal));

    private static IEnumerable<string> Set(Deployment deployment) => deployment.Settings.Select(s => General(s.Key)).Distinct();

    private static void RemoveSetting(Deployment deployment, string name)
    {
        foreach (var key in deployment.Settings.Select(s => s.Key).Where(k => General(k) == name).ToList())
        {
            deployment.Settings.Remove(key);
        }
    }

    // What a published app is made of.
    private static IEnumerable<string> Sources() => ((string[])["Hub", "App", "KeyVault"])
        .SelectMany(p => Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", p), "*.cs", SearchOption.AllDirectories))
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    [GeneratedRegex("""onfiguration\["(?<name>[\w:]+)"\]""")]
    private static partial Regex Asked();

    // With a lambda, it is code that decides.
    [GeneratedRegex(@"\.(Configure|AddOptions|Get)<(?<type>\w+)>\((?!\w+ =>)")]
    private static partial Regex Bound();

    // https://learn.microsoft.com/azure/app-service/configure-common; a period becomes an underscore on Linux, and the Functions host looks
    // for the name of a function that is off in both spellings.
    [GeneratedRegex(@"^([A-Za-z0-9_]+|AzureWebJobs\.\w+\.Disabled)$")]
    private static partial Regex AzureName();
}
