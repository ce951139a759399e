using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Keys;
using CsCheck;
using Org.BouncyCastle.Crypto.Parameters;

namespace CitiesOfLearning.OpenBadges.Tests.Keys;

/// <summary>A key pair of somebody who is not this hub.</summary>
/// <param name="Jwk">The public half.</param>
internal sealed record SomeKeyPair(KeyKind Kind, JsonObject Jwk, Func<byte[], byte[]> Sign)
{
    public VerificationKey Public => SomeKeys.Read(Jwk)!;

    public string Multibase => Multikey.Write(Public);

    public string Algorithm => Public.Algorithm;

    public string Did => $"did:key:{Multibase}";

    public string DidJwk => $"did:jwk:{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Jwk.ToJsonString()))}";
}

internal static class SomeKeys
{
    public static IReadOnlyList<KeyKind> Kinds { get; } = Enum.GetValues<KeyKind>();

    public static VerificationKey? Read(JsonNode jwk) => Jwk.Read(JsonSerializer.SerializeToElement(jwk));

    public static SomeKeyPair Of(KeyKind kind) => kind switch
    {
        KeyKind.P256 => Ec(kind, ECDsa.Create(ECCurve.NamedCurves.nistP256), "P-256", HashAlgorithmName.SHA256),
        KeyKind.P384 => Ec(kind, ECDsa.Create(ECCurve.NamedCurves.nistP384), "P-384", HashAlgorithmName.SHA384),
        KeyKind.Ed25519 => Ed25519(RandomNumberGenerator.GetBytes(32)),
        _ => Rsa(RSA.Create(2048)),
    };

    /// <summary>Another ECDSA key each time, from a scalar that CsCheck can repeat.</summary>
    public static Gen<SomeKeyPair> Generated { get; } = Gen
        .Select(Gen.Enum<KeyKind>().Where(k => k != KeyKind.Rsa), Gen.Byte.Array[32])
        .Select((kind, seed) => kind switch
    {
        KeyKind.P256 => Ec(kind, FromScalar(ECCurve.NamedCurves.nistP256, seed), "P-256", HashAlgorithmName.SHA256),
        KeyKind.P384 => Ec(kind, FromScalar(ECCurve.NamedCurves.nistP384, [.. new byte[16], .. seed]), "P-384", HashAlgorithmName.SHA384),
        _ => Ed25519(seed),
    });

    public static SomeKeyPair Rsa(RSA key)
    {
        var parameters = key.ExportParameters(false);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA",
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent)
        };
        return new SomeKeyPair(KeyKind.Rsa, jwk, m => key.SignData(m, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static SomeKeyPair Ec(KeyKind kind, ECDsa key, string curve, HashAlgorithmName hash)
    {
        var point = key.ExportParameters(false).Q;
        var jwk = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = curve,
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y)
        };
        return new SomeKeyPair(kind, jwk, m => key.SignData(m, hash));
    }

    private static SomeKeyPair Ed25519(byte[] seed)
    {
        var key = new Ed25519PrivateKeyParameters(seed);
        var jwk = new JsonObject
        {
            ["kty"] = "OKP",
            ["crv"] = "Ed25519",
            ["x"] = Base64Url.EncodeToString(key.GeneratePublicKey().GetEncoded())
        };
        return new SomeKeyPair(KeyKind.Ed25519, jwk, message =>
        {
            var signature = new byte[64];
            key.Sign(Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Algorithm.Ed25519, null, message, 0, message.Length, signature, 0);
            return signature;
        });
    }

    private static ECDsa FromScalar(ECCurve curve, byte[] scalar)
    {
        // Below the order of either curve, and not zero.
        (scalar[0], scalar[^1]) = ((byte)(scalar[0] & 0x7f), (byte)(scalar[^1] | 1));
        return ECDsa.Create(new ECParameters { Curve = curve, D = scalar });
    }
}
