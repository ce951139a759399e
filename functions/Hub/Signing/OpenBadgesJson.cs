using System.Text.Json;
using CitiesOfLearning.OpenBadges.Contexts;

namespace CitiesOfLearning.Hub.Signing;

/// <summary>The few shapes that every Open Badges 3.0 document shares.</summary>
public static class OpenBadgesJson
{
    public const string MediaType = "application/ld+json";

    /// <summary>In this order: Verifiable Credentials first (https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential).</summary>
    public static IReadOnlyList<string> Contexts { get; } = [ContextAddresses.Credentials, ContextAddresses.OpenBadges];

    public static void WriteContext(Utf8JsonWriter json) => WriteList(json, "@context", Contexts);

    public static void WriteType(Utf8JsonWriter json, string type) => WriteList(json, "type", [type]);

    internal static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    internal static void WriteIfGiven(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>https://www.imsglobal.org/spec/ob/v3p0/#image: its type is the one word, not a list.</summary>
    internal static void WriteImage(Utf8JsonWriter json, string url, string caption)
    {
        json.WriteStartObject("image");
        json.WriteString("id", url);
        json.WriteString("type", "Image");
        json.WriteString("caption", caption);
        json.WriteEndObject();
    }
}
