using System.Text.Json;
using System.Text.Unicode;

namespace CitiesOfLearning.OpenBadges.Json;

/// <summary>
/// The JSON of a credential that anybody may have written, as strict as <see cref="StrictJson"/>. Only an escape can write half of a
/// surrogate pair, on which every later reading would throw, so a text without escapes is spared the walk.
/// </summary>
public static class CredentialJson
{
    /// <summary>Null if it is not acceptable.</summary>
    /// <param name="json">Bytes that anybody may have written; kept by what is returned.</param>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span) || (json.Span.IndexOf("\\u"u8) >= 0 && !StrictJson.TryParse(json, out _, out _)))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(json, StrictJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
