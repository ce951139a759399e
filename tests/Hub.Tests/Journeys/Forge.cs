using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>Tokens that nobody should make: any header, any payload, any key.</summary>
internal static class Forge
{
    public static string Jwt(string header, ReadOnlySpan<byte> payload, Func<byte[], byte[]> sign)
    {
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(payload)}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public static string Header(object algorithm, string? kid, params (string Name, JsonNode? Value)[] more)
    {
        var header = new JsonObject { ["alg"] = algorithm.ToString() };
        if (kid is not null)
        {
            header["kid"] = kid;
        }

        foreach (var (name, value) in more)
        {
            header[name] = value;
        }

        return header.ToJsonString();
    }

    /// <summary>
    /// Signed by the city's real key, whatever it says: what a defect in issuing, or a thief with access to the vault, could make.
    /// </summary>
    public static async Task<string> SignedByAsync(
        this HubUnderTest hub,
        string city,
        byte[] payload,
        SigningAlgorithm algorithm = SigningAlgorithm.ES256,
        string? header = null)
    {
        var key = await hub.KeyAsync(city, algorithm);
        return Jwt(
            header ?? Header(algorithm, hub.Urls.Key(CityId.Parse(city), key.KeyId)),
            payload,
            input => hub.Signer.SignAsync(key, SHA256.HashData(input), default).AsTask().Result);
    }

    public static async Task<SigningKey> KeyAsync(
        this HubUnderTest hub, string city, SigningAlgorithm algorithm = SigningAlgorithm.ES256) =>
        await hub.Signer.CurrentKeyAsync(CityId.Parse(city), algorithm, default);

    /// <summary>The badge with some of its words changed, signed by Plymouth's real key.</summary>
    public static async Task<string> AlteredAsync(this HubUnderTest hub, IssuedBadge badge, Action<JsonNode> change)
    {
        var payload = JsonNode.Parse(badge.Payload)!;
        change(payload);
        return await hub.SignedByAsync("plymouth", Encoding.UTF8.GetBytes(payload.ToJsonString()));
    }
}
