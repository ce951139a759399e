using System.Text.Json;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>
/// The city as an issuer (https://www.imsglobal.org/spec/ob/v3p0/#profile), and as the controller of the keys that its embedded proofs name
/// (https://www.w3.org/TR/cid-1.0/#controlled-identifier-documents).
/// </summary>
public static class IssuerProfile
{
    // Beside the usual two: the words for keys.
    private static readonly string[] Contexts = [
        .. OpenBadgesJson.Contexts,
        ContextAddresses.Did,
        ContextAddresses.Multikey
    ];

    public static PublicDocument Of(City city, IEnumerable<SigningKey> keys, HubUrls urls) =>
        PublicDocument.Json(OpenBadgesJson.MediaType, PublicDocument.Short, json =>
        {
            OpenBadgesJson.WriteList(json, "@context", Contexts);
            json.WriteString("id", urls.City(city.Id));
            OpenBadgesJson.WriteType(json, "Profile");
            json.WriteString("name", city.Name.In(null));
            json.WriteString("description", city.Description.In(null));
            json.WriteString("url", city.Url ?? urls.City(city.Id));
            OpenBadgesJson.WriteIfGiven(json, "email", city.ContactEmail);
            if (city.Image is { } image)
            {
                OpenBadgesJson.WriteImage(json, urls.CityImage(city.Id, "png"), image.Alt.In(null));
            }

            WriteKeys(
                json,
                urls.City(city.Id),
                [.. keys.Where(k => k.Algorithm == SigningAlgorithm.ES256)],
                k => urls.VerificationMethod(city.Id, k.Multikey, IssuerScheme.Https));
        });

    /// <summary>Multikeys, and that they may sign credentials. Earlier keys stay: what they signed is still true.</summary>
    internal static void WriteKeys(Utf8JsonWriter json, string controller, IReadOnlyList<SigningKey> keys, Func<SigningKey, string> id)
    {
        json.WriteStartArray("verificationMethod");
        foreach (var key in keys)
        {
            WriteMultikey(json, controller, key, id(key));
        }

        json.WriteEndArray();
        OpenBadgesJson.WriteList(json, "assertionMethod", keys.Select(id));
    }

    internal static void WriteMultikey(Utf8JsonWriter json, string controller, SigningKey key, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("type", "Multikey");
        json.WriteString("controller", controller);
        json.WriteString("publicKeyMultibase", key.Multikey);
        json.WriteEndObject();
    }
}
