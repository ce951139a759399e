using System.Text.Json;
using System.Text.Unicode;

namespace CitiesOfLearning.OpenBadges.Json;

/// <summary>
/// The JSON of a credential that anybody may have written, as strict as <see cref="StrictJson"/>. Only an escape can write half of a
/// surrogate pair, on which every later reading would throw, or NUL; so a text without such escapes is spared the walk.
/// </summary>
public static class CredentialJson
{
    /// <summary>Null if it is not acceptable.</summary>
    /// <param name="json">Bytes that anybody may have written; kept by what is returned.</param>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span) || (HasDoubtful(json.Span) && !StrictJson.TryParse(json, out _, out _)))
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

    private static bool HasDoubtful(ReadOnlySpan<byte> json) =>
        json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0 || json.IndexOf("\\u0000"u8) >= 0;
}
