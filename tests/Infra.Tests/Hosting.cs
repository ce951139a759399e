using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>The Function app: Flex Consumption, and nothing that the code does not know.</summary>
internal static partial class Hosting
{
    private const string Site = "Microsoft.Web/sites";

    /// <summary>The names of the app's functions.</summary>
    public static IReadOnlySet<string> Functions { get; } = new HashSet<string>(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", "App"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => FunctionName().Matches(File.ReadAllText(f)).Select(m => m.Groups["name"].Value)));

    public static IEnumerable<Rule> Rules =>
    [
        Rule.Each(
            "The plan is Flex Consumption",
            "Microsoft.Web/serverfarms",
            r => r.Is("sku.name", "FC1") && r.Is("sku.tier", "FlexConsumption"),
            r => r.Set("sku.name", "Y1")),
        Rule.Each(
            "The app is .NET 10, isolated",
            Site,
            r => r.Is("properties.functionAppConfig.runtime.name", "dotnet-isolated")
                && r.Is("properties.functionAppConfig.runtime.version", "10.0"),
            r => r.Set("properties.functionAppConfig.runtime.version", "8.0")),
        Rule.Each(
            "The app's package is read with its identity",
            Site,
            r => r.Is("properties.functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity")
                && ((string)r.At("properties.functionAppConfig.deployment.storage.value")!).Contains(
                    "deployments", StringComparison.Ordinal),
            r => r.Set("properties.functionAppConfig.deployment.storage.authentication.type", "StorageAccountConnectionString")),
        Rule.Each(
            "Memory, instances and concurrency are chosen",
            Site,
            r => r.At(
                "properties.functionAppConfig.scaleAndConcurrency") is { } scale && scale.At("instanceMemoryMB") is not null && scale.At(
                    "maximumInstanceCount") is not null
                && scale.At("triggers.http.perInstanceConcurrency") is not null,
            r => r.Set("properties.functionAppConfig.scaleAndConcurrency.triggers.http", null)),
        new(
            "Only functions that exist are always ready",
            d => d.All(Site).SelectMany(AlwaysReady).Where(
                g => g != "http" && !(g.StartsWith("function:", StringComparison.Ordinal) && Functions.Contains(g["function:".Length..]))),
            d => d
                .App
                .At("properties.functionAppConfig.scaleAndConcurrency")!["alwaysReady"] = new JsonArray(
                    new JsonObject { ["name"] = "function:OnLetter" })),
    ];

    public static IEnumerable<string> AlwaysReady(JsonObject app) =>
        app.At("properties.functionAppConfig.scaleAndConcurrency.alwaysReady")!.AsArray().Select(g => (string)g!["name"]!);

    [GeneratedRegex(@"\[Function\(nameof\((?<name>\w+)\)\)\]")]
    private static partial Regex FunctionName();
}
