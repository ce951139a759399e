using System.Text.Json;

namespace CitiesOfLearning.FunctionsHost.Protocol;

/// <summary>A function that a worker has loaded, and the binding that triggers it.</summary>
internal sealed class LoadedFunction
{
    private const string Suffix = "Trigger";

    private readonly Dictionary<string, JsonElement> _trigger;

    private LoadedFunction(RpcFunctionMetadata metadata, Dictionary<string, JsonElement> trigger)
    {
        Metadata = metadata;
        _trigger = trigger;
    }

    public RpcFunctionMetadata Metadata { get; }

    public string Name => Metadata.Name;

    /// <summary>The binding's type, such as <c>httpTrigger</c>.</summary>
    public string TriggerType => Text("type") ?? "";

    /// <summary>The parameter that is bound to the trigger.</summary>
    public string Parameter => Text("name") ?? "";

    public static LoadedFunction From(RpcFunctionMetadata metadata) => new(
        metadata,
        metadata.RawBindings
            .Select(Members)
            .FirstOrDefault(b => b.GetValueOrDefault("type") is { ValueKind: JsonValueKind.String } type
                && type.GetString()!.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)) ?? []);

    public bool IsTriggeredBy(string kind) => TriggerType.Equals(kind + Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>A member of the trigger's binding as text; null if it has none.</summary>
    public string? Text(string name) =>
        _trigger.TryGetValue(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    public bool Is(string name) => _trigger.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.True;

    public IReadOnlyList<string> Texts(string name) =>
        _trigger.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.ToString())]
            : [];

    private static Dictionary<string, JsonElement> Members(string binding) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(binding)!.ToDictionary(StringComparer.OrdinalIgnoreCase);
}
