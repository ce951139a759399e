using System.Buffers.Text;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.OpenBadges.Keys;

/// <summary>
/// Public keys as JSON Web Keys: RFC 7517 (https://www.rfc-editor.org/rfc/rfc7517), with RFC 7518, 6.2 and 6.3, and RFC 8037, 2.
/// </summary>
public static class Jwk
{
    // RFC 7518, 6.2.2, 6.3.2 and 6.4.1. A published private key is nobody's any more.
    private static readonly string[] Secret = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>Null if it is no sound public key of a kind that is known here, or not one for verifying signatures.</summary>
    /// <param name="jwk">Any JSON.</param>
    public static VerificationKey? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object || Array.Exists(Secret, name => jwk.TryGetProperty(name, out _)))
        {
            return null;
        }

        var key = (jwk.Text("kty"), jwk.Text("crv")) switch
        {
            ("EC", "P-256") => EcKey.FromCoordinates(KeyKind.P256, Octets(jwk, "x"), Octets(jwk, "y")),
            ("EC", "P-384") => EcKey.FromCoordinates(KeyKind.P384, Octets(jwk, "x"), Octets(jwk, "y")),
            // RFC 8037, 2: such a key has no y; a point of another curve may look like one.
            ("OKP", "Ed25519") when jwk.Member("y") is null => EdKey.From(Octets(jwk, "x")),
            ("RSA", _) => RsaKey.From(Octets(jwk, "n"), Octets(jwk, "e")),
            _ => (VerificationKey?)null,
        };
        return key is not null && IsFor(jwk, key) ? key : null;
    }

    // 4.2 use, 4.3 key_ops, 4.4 alg: each may be absent, and binds where it is there.
    private static bool IsFor(JsonElement jwk, VerificationKey key) =>
        (!jwk.TryGetProperty("use", out _) || jwk.Text("use") == "sig")
        && (!jwk.TryGetProperty("key_ops", out var operations)
            || (operations.ValueKind == JsonValueKind.Array
                && operations.EnumerateArray().Any(o => o.ValueKind == JsonValueKind.String && o.ValueEquals("verify"))))
        && (!jwk.TryGetProperty("alg", out _) || key.HasAlgorithm(jwk.Text("alg")));

    // Base64url without padding, blanks or idle last bits (RFC 7515, 2); empty if it is not that.
    private static byte[] Octets(JsonElement jwk, string name)
    {
        if (jwk.Text(name) is not { Length: > 0 and <= 2048 } text || text.AsSpan().ContainsAny(" \t\r\n=") || !Base64Url.IsValid(text))
        {
            return [];
        }

        var octets = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(octets) == text ? octets : [];
    }
}
