using System.Buffers.Text;
using System.Text.Json;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>A city's public key as a JSON Web Key (RFC 7517; its parameters by RFC 7518, 6.2 and 6.3).</summary>
internal static class JwkJson
{
    /// <summary>Writes the members of one JWK; each says whose it is, because the hub's set holds every city's.</summary>
    public static void WriteMembers(Utf8JsonWriter json, SigningKey key, HubUrls urls)
    {
        switch (key.Algorithm)
        {
            case SigningAlgorithm.ES256:
                var point = key.EcParameters().Q;
                json.WriteString("kty", "EC");
                json.WriteString("crv", "P-256");
                json.WriteString("x", Base64Url.EncodeToString(point.X));
                json.WriteString("y", Base64Url.EncodeToString(point.Y));
                json.WriteString("alg", "ES256");
                break;
            case SigningAlgorithm.RS256:
                var rsa = key.RsaParameters();
                json.WriteString("kty", "RSA");
                json.WriteString("n", Base64Url.EncodeToString(rsa.Modulus));
                json.WriteString("e", Base64Url.EncodeToString(rsa.Exponent));
                json.WriteString("alg", "RS256");
                break;
            default:
                throw new InvalidOperationException($"No JWK is known for {key.Algorithm}.");
        }

        json.WriteString("use", "sig");
        json.WriteString("kid", urls.Key(key.City, key.KeyId));
        json.WriteString("iss", urls.City(key.City));
    }
}
