using System.Text.Json.Nodes;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>Something that every deployment keeps, and at least one way to break it, so that the rule is seen to notice.</summary>
/// <param name="Name">A sentence.</param>
/// <param name="Problems">Whatever breaks the rule; nothing if it is kept.</param>
/// <param name="Breaks">Each spoils a copy of a deployment.</param>
public sealed record Rule(string Name, Func<Deployment, IEnumerable<string>> Problems, params Action<Deployment>[] Breaks)
{
    /// <summary>A rule on each resource of one type; there must be one.</summary>
    public static Rule Each(string name, string type, Func<JsonObject, bool> keeps, params Action<JsonObject>[] breaks) => new(
        name,
        d => d.All(type) is { Count: > 0 } all ? all.Where(r => !keeps(r)).Select(r => $"{type} {r["name"]}") : [$"there is no {type}"],
        [.. breaks.Select<Action<JsonObject>, Action<Deployment>>(b => d => b(d.All(type)[^1])), d => RemoveAll(d, type)]);

    public override string ToString() => Name;

    private static void RemoveAll(Deployment deployment, string type)
    {
        foreach (var resource in deployment.All(type))
        {
            deployment.Remove(resource);
        }
    }
}

internal static class Json
{
    /// <summary>The value at a path such as <c>properties.sku.name</c>, or null.</summary>
    public static JsonNode? At(this JsonNode? node, string path) => path.Split('.').Aggregate(node, (n, part) => (n as JsonObject)?[part]);

    public static bool Is(this JsonNode? node, string path, string value) => node.At(path) is JsonValue found && found.ToString() == value;

    public static void Set(this JsonNode node, string path, JsonNode? value)
    {
        var parts = path.Split('.');
        parts[..^1].Aggregate(node, (n, part) => n[part]!)[parts[^1]] = value;
    }
}
