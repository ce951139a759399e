using System.Text.Json.Nodes;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>
/// What a parameter file deploys: every resource of main.bicep and its modules, with loops, conditions and parameters worked out. Only what
/// Azure alone knows (a vault's address, an identity's id) is still an expression.
/// </summary>
public sealed class Deployment
{
    private const string Site = "Microsoft.Web/sites";

    private static readonly Lazy<Task<Deployment>> PilotOnce = new(() => ReadAsync("pilot", "--location", "uksouth"));
    private static readonly Lazy<Task<Deployment>> NationOnce = new(() => ReadAsync("nation", "--location", "uksouth"));
    private static readonly Lazy<Task<Deployment>> GroupOnce = new(() => ReadAsync("group", "--resource-group", "rg-badges-pilot"));

    private readonly JsonArray _resources;

    private Deployment(JsonArray resources) => _resources = resources;

    public static Task<Deployment> PilotAsync() => PilotOnce.Value;

    public static Task<Deployment> NationAsync() => NationOnce.Value;

    /// <summary>The pilot, in a resource group that is there already.</summary>
    public static Task<Deployment> GroupAsync() => GroupOnce.Value;

    public IReadOnlyList<JsonObject> Resources => [.. _resources.Select(r => r!.AsObject())];

    public IReadOnlyList<JsonObject> All(string type) => [.. Resources.Where(r => (string?)r["type"] == type)];

    /// <summary>The one resource of the type.</summary>
    public JsonObject The(string type) =>
        All(type) is [var only] ? only : throw new InvalidOperationException($"There are {All(type).Count} resources of type {type}.");

    /// <summary>Last parts of the names: <c>deliveries</c> of <c>st…/default/deliveries</c>.</summary>
    public IReadOnlyList<string> Names(string type) => [.. All(type).Select(r => ((string)r["name"]!).Split('/')[^1])];

    /// <summary>The hub's Function app.</summary>
    public JsonObject App => All(Site).Single(s => s.Is("tags.azd-service-name", "hub"));

    /// <summary>The app that verifies, where that is another.</summary>
    public JsonObject Verifier => All(Site).Single(s => !s.Is("tags.azd-service-name", "hub"));

    public JsonObject Settings => SettingsOf(App);

    public JsonObject SettingsOf(JsonObject app) =>
        All($"{Site}/config").Single(c => c.Is("name", $"{app["name"]}/appsettings"))["properties"]!.AsObject();

    public void Remove(JsonObject resource) => _resources.Remove(resource);

    /// <summary>A copy to break.</summary>
    public Deployment Copy() => new(_resources.DeepClone().AsArray());

    /// <summary>The pilot with some parameters changed.</summary>
    /// <param name="name">Of the parameter file that is written for it.</param>
    public static async Task<Deployment> PilotButAsync(string name, string parameters)
    {
        await File.WriteAllTextAsync(
            Path.Combine(Bicep.Copy, $"{name}.bicepparam"),
            $"using './main.bicep'\nextends './pilot.bicepparam'\n\n{parameters}\n",
            TestContext.Current.CancellationToken);
        return await ReadAsync(name, "--location", "uksouth");
    }

    private static async Task<Deployment> ReadAsync(string parameters, params string[] where)
    {
        var (_, complaints) = await Bicep.RunAsync(
            [
                "snapshot", $"{parameters}.bicepparam", "--mode", "overwrite", "--subscription-id", "00000000-0000-0000-0000-000000000001",
                "--tenant-id",
                "00000000-0000-0000-0000-000000000002", .. where,
            ]);
        Assert.Empty(complaints);
        var snapshot = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(Bicep.Copy, $"{parameters}.snapshot.json"), TestContext.Current.CancellationToken))!;
        Assert.Empty(snapshot["diagnostics"]!.AsArray());
        return new(snapshot["predictedResources"]!.AsArray());
    }
}
