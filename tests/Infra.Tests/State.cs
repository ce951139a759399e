using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>Storage and keys are those that the code names.</summary>
internal static class State
{
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";
    private const string Table = "Microsoft.Storage/storageAccounts/tableServices/tables";
    private const string Queue = "Microsoft.Storage/storageAccounts/queueServices/queues";
    private const string Key = "Microsoft.KeyVault/vaults/keys";

    private static readonly HubStorage Named = new(
        new TableServiceClient("UseDevelopmentStorage=true"),
        new BlobServiceClient("UseDevelopmentStorage=true"),
        new QueueServiceClient("UseDevelopmentStorage=true"));

    /// <summary>Every queue that the code names, poison twins included.</summary>
    public static IReadOnlyList<string> Queues { get; } =
        [.. Properties<QueueClient>().Select(q => q.Name), .. Named.PoisonMessages.Select(q => q.Name)];

    public static IEnumerable<Rule> Rules =>
    [
        Same("Every table that the code names is there, and no other", Table, [.. Properties<TableClient>().Select(t => t.Name)]),
        Same("Every queue that the code names is there, poison twins too, and no other", Queue, Queues),
        Same(
            "Every container that the code names is there, and one for the app itself",
            Container,
            [.. Properties<BlobContainerClient>().Select(c => c.Name), "deployments"]),
        new(
            "Every city has its two keys, which sign and do nothing else, and are replaced by themselves",
            d => Cities(d)
                .SelectMany(c => (string[])[$"{c}-es256", $"{c}-rs256"])
                .Except(d.All(Key).Where(Signs).Select(k => ((string)k["name"]!).Split('/')[^1])),
            d => d.Remove(d.All(Key)[0]),
            d => d.All(Key)[0].Set("properties.curveName", "P-384"),
            d => d.All(Key)[1].Set("properties.keySize", 1024),
            d => d.All(Key)[1].Set("properties.attributes.exportable", true),
            d => d.All(Key)[1].Set("properties.keyOps", new JsonArray("sign", "verify", "decrypt")),
            d => d.All(Key)[0].Set("properties.rotationPolicy", null)),
        Rule.Each(
            "What came in is deleted after 30 days, and so are old versions",
            "Microsoft.Storage/storageAccounts/managementPolicies",
            r => Deletes(r, "baseBlob") is ["inbox/"] && Deletes(r, "version") is [],
            r => r.At("properties.policy")!["rules"]![0].At("definition.filters")!.AsObject()["prefixMatch"] = new JsonArray("outbox/"),
            r => r.At("properties.policy")!["rules"]![0].At("definition.actions.baseBlob.delete")!["daysAfterCreationGreaterThan"] = 365,
            r => r.At("properties.policy")!["rules"]!.AsArray().RemoveAt(1)),
        Rule.Each(
            "What is overwritten or deleted by mistake can be had back",
            "Microsoft.Storage/storageAccounts/blobServices",
            r => r.Is("properties.isVersioningEnabled", "true")
                && r.Is("properties.deleteRetentionPolicy.enabled", "true")
                && r.Is("properties.containerDeleteRetentionPolicy.enabled", "true"),
            r => r.Set("properties.isVersioningEnabled", false),
            r => r.Set("properties.deleteRetentionPolicy.enabled", false)),
        new(
            "Vault and storage say who did what",
            d => ((string[])["Microsoft.KeyVault/vaults/", "/blobServices/", "/tableServices/"]).Where(scope => !d
                .All("Microsoft.Insights/diagnosticSettings")
                .Any(s => ((string)s["id"]!).Contains(scope, StringComparison.Ordinal)
                    && s.At("properties.logs") is JsonArray { Count: > 0 })),
            d => d.Remove(d.All("Microsoft.Insights/diagnosticSettings")[0]),
            d => d.All("Microsoft.Insights/diagnosticSettings")[^1].Set("properties.logs", new JsonArray())),
    ];

    /// <summary>The cities of a deployment, as its sources and keys show them.</summary>
    private static IEnumerable<string> Cities(Deployment deployment) =>
        deployment.Settings.Select(s => s.Key.Split("__")).Where(p => p[0] == "Sources").Select(p => p[1]).Distinct();

    private static bool Signs(JsonObject key) =>
        key.At("properties.keyOps") is JsonArray operations && operations.Select(o => (string)o!).Order().SequenceEqual(["sign", "verify"])
        && key.Is("properties.attributes.exportable", "false")
        && ((string)key["name"]! switch
        {
            [.., 'e', 's', '2', '5', '6'] =>
                ((string)key.At("properties.kty")!).StartsWith("EC", StringComparison.Ordinal) && key.Is("properties.curveName", "P-256"),
            _ => ((string)key.At("properties.kty")!).StartsWith("RSA", StringComparison.Ordinal) && key.Is("properties.keySize", "2048"),
        })
        && key.At("properties.rotationPolicy.lifetimeActions") is JsonArray actions && actions.Any(a => a.Is("action.type", "rotate"));

    /// <summary>Prefixes of the blobs that are deleted after 30 days; empty for all of them, null for none.</summary>
    private static string[]? Deletes(JsonObject policy, string what) =>
        policy.At("properties.policy")!["rules"]!
            .AsArray()
            .FirstOrDefault(r => r.Is($"definition.actions.{what}.delete.daysAfterCreationGreaterThan", "30")) is { } rule
            ? [.. (rule.At("definition.filters.prefixMatch") as JsonArray ?? []).Select(p => (string)p!)]
            : null;

    private static Rule Same(string name, string type, IReadOnlyList<string> expected) => new(
        name,
        d => d
            .Names(type)
            .Except(expected)
            .Select(n => $"{n} is not in the code")
            .Concat(expected.Except(d.Names(type)).Select(n => $"{n} is missing")),
        [
            .. expected.Select<string, Action<Deployment>>(n => d => d.Remove(d
                .All(type)
                .Single(r => ((string)r["name"]!).EndsWith("/" + n, StringComparison.Ordinal)))),
            d => d.All(type)[0]["name"] = "account/default/another",
        ]);

    private static IEnumerable<T> Properties<T>() =>
        typeof(HubStorage).GetProperties().Where(p => p.PropertyType == typeof(T)).Select(p => (T)p.GetValue(Named)!);
}
