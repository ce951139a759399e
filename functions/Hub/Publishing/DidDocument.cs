using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>
/// The city's keys as a <c>did:web</c> document (https://www.w3.org/TR/did-core/, https://w3c-ccg.github.io/did-method-web/): each as a
/// JWK, and those on P-256 also as a Multikey, because some read only the one or the other.
/// </summary>
public static class DidDocument
{
    private static readonly string[] Contexts = [ContextAddresses.Did, ContextAddresses.JsonWebKey, ContextAddresses.Multikey];

    public static PublicDocument Of(City city, IReadOnlyList<SigningKey> keys, HubUrls urls)
    {
        var did = urls.Did(city.Id);
        var multikeys = keys.Where(k => k.Algorithm == SigningAlgorithm.ES256).ToArray();
        return PublicDocument.Json("application/did+ld+json", PublicDocument.Short, json =>
        {
            OpenBadgesJson.WriteList(json, "@context", Contexts);
            json.WriteString("id", did);
            OpenBadgesJson.WriteList(json, "alsoKnownAs", [urls.City(city.Id)]);
            json.WriteStartArray("verificationMethod");
            foreach (var key in keys)
            {
                json.WriteStartObject();
                json.WriteString("id", urls.KeyId(city.Id, key.KeyId, IssuerScheme.DidWeb));
                json.WriteString("type", "JsonWebKey");
                json.WriteString("controller", did);
                json.WriteStartObject("publicKeyJwk");
                JwkJson.WriteMembers(json, key, urls);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            foreach (var key in multikeys)
            {
                IssuerProfile.WriteMultikey(json, did, key, $"{did}#{key.Multikey}");
            }

            json.WriteEndArray();

            // Earlier keys stay: what they signed is still true.
            OpenBadgesJson.WriteList(
                json, "assertionMethod", [.. keys.Select(k => $"{did}#{k.KeyId}"), .. multikeys.Select(k => $"{did}#{k.Multikey}")]);
        });
    }
}
