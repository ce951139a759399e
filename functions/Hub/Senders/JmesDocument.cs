using System.Globalization;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitiesOfLearning.Hub.Senders;

/// <summary>A JSON value as the JMESPath library wants it: numbers without a fraction are integers, dates stay text.</summary>
public sealed class JmesDocument
{
    public JmesDocument(JsonElement value) => Token = From(value);

    internal JToken Token { get; }

    internal static JsonElement Element(JToken token) => JsonElement.Parse(token.ToString(Formatting.None));

    private static JToken From(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JObject(value.EnumerateObject().Select(p => new JProperty(p.Name, From(p.Value)))),
        JsonValueKind.Array => new JArray(value.EnumerateArray().Select(From)),
        JsonValueKind.String => new JValue(value.GetString()),
        JsonValueKind.Number => Number(value),
        JsonValueKind.True => new JValue(true),
        JsonValueKind.False => new JValue(false),
        _ => JValue.CreateNull(),
    };

    // To the library 1 and 1.0 differ; to senders they do not.
    private static JValue Number(JsonElement value)
    {
        if (value.TryGetInt64(out var whole))
        {
            return new JValue(whole);
        }

        var number = value.GetDouble();
        return Math.Abs(number) < 1e15 && number == Math.Truncate(number)
            ? new JValue(Convert.ToInt64(number, CultureInfo.InvariantCulture))
            : new JValue(number);
    }
}
