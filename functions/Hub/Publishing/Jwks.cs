using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>Keys as verifiers look for them.</summary>
public static class Jwks
{
    /// <summary>Every key ever used, of every city (RFC 7517, 5 and 8.5.2).</summary>
    public static PublicDocument Set(IEnumerable<SigningKey> keys, HubUrls urls) =>
        PublicDocument.Json("application/jwk-set+json", PublicDocument.Short, json =>
        {
            json.WriteStartArray("keys");
            foreach (var key in keys)
            {
                json.WriteStartObject();
                JwkJson.WriteMembers(json, key, urls);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    /// <summary>Exactly one key, at the address that is its <c>kid</c>; it never changes (RFC 7517, 8.5.1).</summary>
    public static PublicDocument Single(SigningKey key, HubUrls urls) =>
        PublicDocument.Json("application/jwk+json", PublicDocument.Forever, json => JwkJson.WriteMembers(json, key, urls));
}
