using System.Security.Cryptography;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Signing;

/// <summary>The public half of one city's signing key, and when it was in use.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Public keys live as long as the process.")]
public sealed class SigningKey
{
    // .NET promises no thread-safety for key objects; one for each thread costs less than a lock.
    private readonly ThreadLocal<ECDsa> _ec;
    private readonly ThreadLocal<RSA> _rsa;
    private readonly Lazy<VerificationKey> _verification;
    private readonly Lazy<string> _multikey;

    /// <param name="city">The city it signs for, and no other.</param>
    /// <param name="keyId">The last segment of its URL; never used again for another key.</param>
    /// <param name="algorithm">The one algorithm it may be used with.</param>
    /// <param name="subjectPublicKeyInfo">The public key, DER (RFC 5280).</param>
    /// <param name="notBefore">First use.</param>
    /// <param name="notAfter">Last use, or null while it signs.</param>
    public SigningKey(
        CityId city,
        string keyId,
        SigningAlgorithm algorithm,
        byte[] subjectPublicKeyInfo,
        DateTimeOffset notBefore,
        DateTimeOffset? notAfter)
    {
        City = city;
        KeyId = keyId;
        Algorithm = algorithm;
        NotBefore = notBefore;
        NotAfter = notAfter;
        _ec = new(() =>
        {
            var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            return key;
        });
        _rsa = new(() =>
        {
            var key = RSA.Create();
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            return key;
        });
        _verification = new(() => algorithm == SigningAlgorithm.ES256
            ? VerificationKey.Of(EcParameters())
            : VerificationKey.Of(RsaParameters()));
        _multikey = new(() => OpenBadges.Keys.Multikey.Write(_verification.Value));
    }

    public CityId City { get; }

    public string KeyId { get; }

    public SigningAlgorithm Algorithm { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset? NotAfter { get; }

    /// <summary>
    /// Whether the signature was made over this SHA-256 digest by the private half. A bad signature is false, not an error.
    /// </summary>
    public bool Verifies(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) => Algorithm switch
    {
        SigningAlgorithm.ES256 => signature.Length == 64 && _ec.Value!.VerifyHash(digest, signature),
        SigningAlgorithm.RS256 => _rsa.Value!.VerifyHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        _ => false,
    };

    /// <summary>As those who verify know it.</summary>
    public VerificationKey VerificationKey => _verification.Value;

    /// <summary>The key as text (ES256): https://www.w3.org/TR/cid-1.0/#Multikey.</summary>
    public string Multikey => _multikey.Value;

    /// <summary>The public key's curve point (ES256).</summary>
    public ECParameters EcParameters() => _ec.Value!.ExportParameters(includePrivateParameters: false);

    /// <summary>The public key's modulus and exponent (RS256).</summary>
    public RSAParameters RsaParameters() => _rsa.Value!.ExportParameters(includePrivateParameters: false);
}
