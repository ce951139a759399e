using System.Text.Json;

namespace CitiesOfLearning.OpenBadges.Json;

/// <summary>Members of JSON that anybody may have written: what is not there, or not of the kind, is null and never an exception.</summary>
public static class JsonMembers
{
    /// <summary>The member, whatever it is; null if there is none, or this is no object.</summary>
    /// <param name="parent">Any JSON.</param>
    /// <param name="name">Of the member.</param>
    public static JsonElement? Member(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The member if it is a string, or null.</summary>
    /// <param name="parent">Any JSON.</param>
    /// <param name="name">Of the member.</param>
    public static string? Text(this JsonElement parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The member if it is a moment in ISO 8601, or null.</summary>
    /// <param name="parent">Any JSON.</param>
    /// <param name="name">Of the member.</param>
    public static DateTimeOffset? Moment(this JsonElement parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.String } text
            ? text.TryGetDateTimeOffset(out var moment) ? moment : DateTimeStamp.Read(text.GetString())
            : null;

    /// <summary>A member that JSON-LD lets be one value or a list of them; empty if it is not there.</summary>
    /// <param name="parent">Any JSON.</param>
    /// <param name="name">Of the member.</param>
    public static IEnumerable<JsonElement> Values(this JsonElement parent, string name) => parent.Member(name) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: not JsonValueKind.Null } one => [one],
        _ => [],
    };

    /// <summary>Whether this is the member's value, or one of its values.</summary>
    /// <param name="parent">Any JSON.</param>
    /// <param name="name">Of the member.</param>
    /// <param name="value">A string.</param>
    public static bool Has(this JsonElement parent, string name, string value) =>
        parent.Values(name).Any(v => v.ValueKind == JsonValueKind.String && v.ValueEquals(value));

    /// <summary>A credential's issuer, whether it is written as an address or as an object with an id.</summary>
    /// <param name="credential">Any JSON.</param>
    public static string? IssuerId(this JsonElement credential) =>
        credential.Text("issuer") ?? (credential.Member("issuer") is { } issuer ? issuer.Text("id") : null);
}
