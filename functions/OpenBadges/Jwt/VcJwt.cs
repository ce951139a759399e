using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.OpenBadges.Jwt;

/// <summary>
/// The JWT proof format of Open Badges 3.0 (https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof-format): a JWS in compact serialization
/// (RFC 7515, 7.1) whose payload is the credential.
/// </summary>
public static class VcJwt
{
    /// <summary>Stand beside the credential in the payload (RFC 7519, 4.1) and are no part of it.</summary>
    public static IReadOnlyList<string> Claims { get; } = ["iss", "jti", "nbf", "sub", "exp"];

    /// <summary>The credential in a JWT's payload.</summary>
    /// <param name="payload">An object.</param>
    public static JsonElement WithoutClaims(JsonElement payload) => ProofJson.Without(payload, [.. Claims]);

    /// <summary>Writes the JWT. One call to <paramref name="sign"/>.</summary>
    /// <param name="payload">The credential with its claims, UTF-8 JSON.</param>
    /// <param name="algorithm">Of the key.</param>
    /// <param name="keyId">The address under which the issuer publishes the key.</param>
    /// <param name="sign">Signs a SHA-256 digest: r‖s for ES256, PKCS #1 v1.5 for RS256.</param>
    /// <returns>header.payload.signature, ASCII.</returns>
    public static async Task<byte[]> SignAsync(
        ReadOnlyMemory<byte> payload, SigningAlgorithm algorithm, string keyId, Func<ReadOnlyMemory<byte>, ValueTask<byte[]>> sign)
    {
        var header = Header(algorithm, keyId);
        var inputLength = Base64Url.GetEncodedLength(header.Length) + 1 + Base64Url.GetEncodedLength(payload.Length);
        var signatureLength = algorithm == SigningAlgorithm.ES256 ? 64 : 256;
        var jwt = new byte[inputLength + 1 + Base64Url.GetEncodedLength(signatureLength)];

        var headerLength = Base64Url.EncodeToUtf8(header, jwt);
        jwt[headerLength] = (byte)'.';
        Base64Url.EncodeToUtf8(payload.Span, jwt.AsSpan(headerLength + 1));
        var digest = SHA256.HashData(jwt.AsSpan(0, inputLength));
        var signature = await sign(digest);
        jwt[inputLength] = (byte)'.';
        Base64Url.EncodeToUtf8(signature, jwt.AsSpan(inputLength + 1));
        return jwt;
    }

    // Only alg, kid and typ: the specification allows jwk too, but a key inside the message proves nothing.
    private static byte[] Header(SigningAlgorithm algorithm, string keyId) => Encoding.UTF8.GetBytes(
        $$"""{"alg":"{{algorithm}}","kid":"{{JavaScriptEncoder.Default.Encode(keyId)}}","typ":"JWT"}""");

    /// <summary>Takes a compact JWS apart. Nothing in it is trusted yet.</summary>
    /// <param name="jwt">Bytes that anybody may have written.</param>
    /// <returns>Null if it is not one.</returns>
    public static UnverifiedJwt? Read(ReadOnlySpan<byte> jwt)
    {
        var first = jwt.IndexOf((byte)'.');
        var last = jwt.LastIndexOf((byte)'.');
        if (first <= 0 || last == first || jwt[(first + 1)..last].Contains((byte)'.'))
        {
            return null;
        }

        return Decode(jwt[..first]) is { } header
            && Decode(jwt[(first + 1)..last]) is { } payload
            && Decode(jwt[(last + 1)..]) is { } signature
            && UnverifiedHeader.Read(header) is { } parsed
            ? new UnverifiedJwt(parsed, payload, jwt[..last].ToArray(), signature)
            : null;
    }

    // RFC 7515, 2: base64url without padding, white space or other characters. Non-canonical last bits are refused as well, so that no
    // two texts mean the same signature.
    private static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.ContainsAny(" \t\r\n="u8))
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (!Base64Url.IsValid(text) || !Base64Url.TryDecodeFromUtf8(text, bytes, out var length))
        {
            return null;
        }

        Array.Resize(ref bytes, length);
        Span<byte> tail = stackalloc byte[4];
        var lastGroup = length - length % 3;
        return length % 3 == 0 || text[^(text.Length % 4)..].SequenceEqual(tail[..Base64Url.EncodeToUtf8(bytes.AsSpan(lastGroup), tail)])
            ? bytes
            : null;
    }
}

/// <summary>A JWT whose signature no one has verified yet.</summary>
/// <param name="Header">What it says of the signature.</param>
/// <param name="Payload">The credential with its claims, if it is what it should be.</param>
/// <param name="SigningInput">What was signed: header.payload, ASCII (RFC 7515, 5.1).</param>
/// <param name="Signature">For ECDSA r‖s (RFC 7518, 3.4).</param>
public sealed record UnverifiedJwt(UnverifiedHeader Header, byte[] Payload, byte[] SigningInput, byte[] Signature)
{
    /// <summary>SHA-256 of what was signed.</summary>
    public byte[] Digest => SHA256.HashData(SigningInput);

    /// <summary>
    /// Whether the key's private half signed this (RFC 7515, 5.2). The algorithm is the key's: where the header names another, or demands
    /// an extension, the answer is no.
    /// </summary>
    /// <param name="key">Of the issuer that the payload names, which only the caller can know.</param>
    public bool IsSignedBy(VerificationKey key) =>
        !Header.HasCritical && key.HasAlgorithm(Header.Algorithm) && key.Verifies(SigningInput, Signature);
}

/// <summary>The only header parameters that are looked at. Keys and addresses in a header (jwk, jku, x5u, x5c) are never used.</summary>
/// <param name="Algorithm">alg (4.1.1); says nothing that the key does not.</param>
/// <param name="KeyId">kid (4.1.4): which of the issuer's keys.</param>
/// <param name="Type">typ (4.1.9).</param>
/// <param name="HasCritical">The header demands an extension (RFC 7515, 4.1.11); none is known here, so it must be refused.</param>
public sealed record UnverifiedHeader(string? Algorithm, string? KeyId, string? Type, bool HasCritical)
{
    internal static UnverifiedHeader? Read(ReadOnlyMemory<byte> json)
    {
        using var document = CredentialJson.TryParse(json);
        return document is { RootElement: { ValueKind: JsonValueKind.Object } root }
            ? new UnverifiedHeader(root.Text("alg"), root.Text("kid"), root.Text("typ"), root.TryGetProperty("crit", out _))
            : null;
    }
}
