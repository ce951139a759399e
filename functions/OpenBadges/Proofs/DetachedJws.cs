using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// A JWS without its payload (RFC 7515, appendix F), which was signed as it is and not in base64url (RFC 7797,
/// https://www.rfc-editor.org/rfc/rfc7797). Nothing in it is trusted yet.
/// </summary>
/// <param name="Header">As it was signed, in base64url.</param>
/// <param name="Algorithm">alg; says nothing that the key does not.</param>
internal sealed record DetachedJws(string Header, string Algorithm, byte[] Signature)
{
    // The longest signature is that of an RSA key of 8192 bits.
    private const int MaxLength = 4096;

    /// <summary>Whether any key that is known here could have made it.</summary>
    public bool IsKnown => Algorithm is "EdDSA" or "Ed25519" or "ES256" or "ES384" or "RS256";

    /// <summary>Null if it is malformed, or its header demands another extension than <c>b64</c>.</summary>
    public static DetachedJws? Read(string text)
    {
        if (text.Length > MaxLength || text.Split('.') is not [var header, "", var signature]
            || Decode(header) is not { } json || Decode(signature) is not { } bytes)
        {
            return null;
        }

        using var document = CredentialJson.TryParse(json);
        return document?.RootElement is { ValueKind: JsonValueKind.Object } members
            && members.Text("alg") is { } algorithm
            && members.Member("b64") is { ValueKind: JsonValueKind.False }
            && members.Member("crit") is { ValueKind: JsonValueKind.Array } critical
            && critical.GetArrayLength() == 1 && critical[0].ValueKind == JsonValueKind.String && critical[0].ValueEquals("b64")
                ? new DetachedJws(header, algorithm, bytes)
                : null;
    }

    /// <summary>RFC 7797, 3.</summary>
    public byte[] SigningInput(ReadOnlySpan<byte> payload) => [.. Encoding.ASCII.GetBytes(Header + "."), .. payload];

    // Without padding, blanks and idle last bits, so that no two texts mean the same.
    private static byte[]? Decode(string text)
    {
        if (text.Length == 0 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }
}
