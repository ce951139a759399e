using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Deliveries;

/// <summary>A delivery as a steward may see it: secrets removed, addresses masked.</summary>
/// <param name="Body">Indented JSON. For people to read; escape it like any text.</param>
public sealed partial record RedactedDelivery(IReadOnlyDictionary<string, string> Headers, string Body)
{
    private const string Removed = "(removed)";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static RedactedDelivery Of(RawDelivery delivery)
    {
        var fields = SourceProfiles.Find(delivery.Profile)?.Redact ?? [];
        var headers = delivery.Headers.ToDictionary(h => h.Key, h => Mask(h.Value), StringComparer.Ordinal);
        return StrictJson.TryParse(delivery.Body, out var body, out var problem)
            ? new RedactedDelivery(headers, Redact(body, fields)?.ToJsonString(Readable) ?? "null")
            : new RedactedDelivery(headers, problem.ToString());
    }

    private static JsonNode? Redact(JsonElement value, IReadOnlyList<string> fields) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject()
            .GroupBy(p => Mask(p.Name), StringComparer.Ordinal) // two names may look the same once masked
            .Select(g => KeyValuePair.Create(g.Key, fields.Contains(g.Key) ? Removed : Redact(g.First().Value, fields)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(i => Redact(i, fields))]),
        JsonValueKind.String => Mask(value.GetString()!),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(value),
    };

    private static string Mask(string text) => Address().Replace(text, "$1…@$2");

    [GeneratedRegex(@"([^\s@<>,;:""'])[^\s@<>,;:""]*@([^\s@<>,;:""]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
