using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>Finds the secret that some senders put into the body, in a body that nobody has vouched for yet.</summary>
internal static class BodyToken
{
    /// <summary>
    /// The text of this field of the outermost object, or null if it is missing, is no text, stands there twice, or this is not JSON.
    /// </summary>
    public static string? Find(ReadOnlySpan<byte> body, string field)
    {
        string? found = null;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(field))
                {
                    continue;
                }

                if (found is not null || !reader.Read() || reader.TokenType != JsonTokenType.String)
                {
                    return null;
                }

                found = reader.GetString();
            }

            return found;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
