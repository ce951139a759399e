using System.Security.Cryptography;

namespace CitiesOfLearning.Hub.Credentials;

/// <summary>The signature algorithms of RFC 7518 that a vault key can make and the hub issues.</summary>
public enum SigningAlgorithm
{
    /// <summary>ECDSA P-256 with SHA-256.</summary>
    ES256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits.</summary>
    RS256,
}

/// <summary>The public half of one city's signing key, and when it was in use.</summary>
/// <param name="City">The city it signs for, and no other.</param>
/// <param name="KeyId">The last segment of its URL; never used again for another key.</param>
/// <param name="Algorithm">The one algorithm it may be used with.</param>
/// <param name="SubjectPublicKeyInfo">The public key, DER (RFC 5280).</param>
/// <param name="NotBefore">First use.</param>
/// <param name="NotAfter">Last use, or null while it signs.</param>
public sealed record SigningKey(
    string City,
    string KeyId,
    SigningAlgorithm Algorithm,
    byte[] SubjectPublicKeyInfo,
    DateTimeOffset NotBefore,
    DateTimeOffset? NotAfter)
{
    private ECDsa? _ec;
    private RSA? _rsa;

    /// <summary>Whether the signature was made over this SHA-256 digest by the private half. A bad signature is false, not an error.</summary>
    public bool Verifies(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) => Algorithm switch
    {
        SigningAlgorithm.ES256 => signature.Length == 64 && Ec().VerifyHash(digest, signature),
        SigningAlgorithm.RS256 => Rsa().VerifyHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => false,
    };

    /// <summary>The public key's curve point (ES256).</summary>
    public ECParameters EcParameters() => Ec().ExportParameters(includePrivateParameters: false);

    /// <summary>The public key's modulus and exponent (RS256).</summary>
    public RSAParameters RsaParameters() => Rsa().ExportParameters(includePrivateParameters: false);

    private ECDsa Ec()
    {
        if (_ec is not null)
        {
            return _ec;
        }

        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(SubjectPublicKeyInfo, out _);
        return _ec = key;
    }

    private RSA Rsa()
    {
        if (_rsa is not null)
        {
            return _rsa;
        }

        var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(SubjectPublicKeyInfo, out _);
        return _rsa = key;
    }
}
