using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CitiesOfLearning.JsonLd.Tests.Suites;

/// <summary>Expanded documents are the same whatever the order of their names, and of their arrays unless they are lists.</summary>
internal static class SameJson
{
    public static string Of(byte[] json) => Of(JsonNode.Parse(json), ordered: false);

    private static string Of(JsonNode? node, bool ordered) => node switch
    {
        null => "null",
        JsonObject map => "{" + string.Join(",", map.OrderBy(e => e.Key, StringComparer.Ordinal).Select(Of)) + "}",
        JsonArray array when ordered => "[" + string.Join(",", array.Select(i => Of(i, false))) + "]",
        JsonArray array => "[" + string.Join(",", array.Select(i => Of(i, false)).Order(StringComparer.Ordinal)) + "]",
        JsonValue value when value.GetValueKind() == JsonValueKind.Number =>
            value.GetValue<JsonElement>().GetDouble().ToString("R", CultureInfo.InvariantCulture),
        _ => node.ToJsonString(),
    };

    private static string Of(KeyValuePair<string, JsonNode?> entry) =>
        $"{JsonSerializer.Serialize(entry.Key)}:{Of(entry.Value, ordered: entry.Key == "@list")}";
}
