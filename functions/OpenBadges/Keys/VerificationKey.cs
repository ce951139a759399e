using System.Security.Cryptography;

namespace CitiesOfLearning.OpenBadges.Keys;

/// <summary>The kinds of public key that signatures are verified with here. There are no others.</summary>
public enum KeyKind
{
    /// <summary>ECDSA with SHA-256 (FIPS 186-5; ES256 of RFC 7518).</summary>
    P256,

    /// <summary>ECDSA with SHA-384 (FIPS 186-5; ES384 of RFC 7518).</summary>
    P384,

    /// <summary>Ed25519 (RFC 8032; EdDSA of RFC 8037).</summary>
    Ed25519,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits or more (RFC 8017; RS256 of RFC 7518).</summary>
    Rsa,
}

/// <summary>
/// A public key that somebody says is theirs, checked to be a sound key of its kind. Each kind has one signature algorithm and one hash, so
/// nothing that is verified can choose another (RFC 8725, 3.1). Safe for several threads; two are equal if they are the same key.
/// </summary>
public abstract class VerificationKey : IEquatable<VerificationKey>
{
    private readonly byte[] _encoded;

    private protected VerificationKey(KeyKind kind, byte[] encoded)
    {
        Kind = kind;
        _encoded = encoded;
    }

    /// <summary>Which of them.</summary>
    public KeyKind Kind { get; }

    /// <summary>The only <c>alg</c> of a JWS that this key may verify.</summary>
    public string Algorithm => Kind switch
    {
        KeyKind.P256 => "ES256",
        KeyKind.P384 => "ES384",
        KeyKind.Ed25519 => "EdDSA",
        _ => "RS256",
    };

    /// <summary>Whether <c>alg</c> names this key's algorithm. RFC 9864 calls EdDSA with this curve Ed25519.</summary>
    /// <param name="name">As a header or a JWK says it.</param>
    public bool HasAlgorithm(string? name) => name == Algorithm || (Kind == KeyKind.Ed25519 && name == "Ed25519");

    /// <summary>A key on P-256 or P-384.</summary>
    /// <param name="key">The public half; another is not looked at.</param>
    /// <exception cref="CryptographicException">It is on another curve, or its point is not on it.</exception>
    public static VerificationKey Of(ECParameters key)
    {
        var kind = key.Curve.Oid.Value switch
        {
            "1.2.840.10045.3.1.7" => KeyKind.P256,
            "1.3.132.0.34" => KeyKind.P384,
            _ => throw new CryptographicException("The key is neither on P-256 nor on P-384."),
        };
        return EcKey.FromCoordinates(kind, key.Q.X, key.Q.Y) ?? throw new CryptographicException("The key's point is not on its curve.");
    }

    /// <summary>An RSA key of 2048 to 8192 bits.</summary>
    /// <param name="key">The public half; another is not looked at.</param>
    /// <exception cref="CryptographicException">It is shorter or longer, or its numbers are not sound.</exception>
    public static VerificationKey Of(RSAParameters key) =>
        RsaKey.From(key.Modulus, key.Exponent)
            ?? throw new CryptographicException("The key's numbers are not sound, or too short or long.");

    /// <summary>
    /// One encoding for each key: the compressed point (P-256, P-384), RFC 8032's (Ed25519), or exponent and modulus (RSA).
    /// </summary>
    internal ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>
    /// Whether the private half signed this message. The message is hashed here, with the key's own hash. ECDSA signatures are r‖s (RFC
    /// 7518, 3.4), never DER. A bad signature is false, not an error.
    /// </summary>
    /// <param name="message">As it was signed.</param>
    /// <param name="signature">Bytes that anybody may have written.</param>
    public abstract bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    /// <inheritdoc/>
    public bool Equals(VerificationKey? other) => other is not null && Kind == other.Kind && Encoded.SequenceEqual(other.Encoded);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerificationKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_encoded);
        return hash.ToHashCode();
    }
}
