namespace CitiesOfLearning.Hub.Credentials.Keys;

/// <summary>The kinds of public key that the hub verifies with. There are no others.</summary>
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

    public KeyKind Kind { get; }

    /// <summary>The only <c>alg</c> of a JWS that this key may verify.</summary>
    public string Algorithm => Kind switch
    {
        KeyKind.P256 => "ES256",
        KeyKind.P384 => "ES384",
        KeyKind.Ed25519 => "EdDSA",
        _ => "RS256",
    };

    /// <summary>The public half of a city's key.</summary>
    public static VerificationKey Of(SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        VerificationKey? same = key.Algorithm switch
        {
            SigningAlgorithm.ES256 => key.EcParameters().Q is var point ? EcKey.FromCoordinates(KeyKind.P256, point.X, point.Y) : null,
            _ => key.RsaParameters() is var rsa ? RsaKey.From(rsa.Modulus, rsa.Exponent) : null,
        };
        return same ?? throw new InvalidOperationException("The signer holds a key that is not sound.");
    }

    /// <summary>One encoding for each key: the compressed point (P-256, P-384), RFC 8032's (Ed25519), or exponent and modulus (RSA).</summary>
    internal ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>
    /// Whether the private half signed this message. The message is hashed here, with the key's own hash. ECDSA signatures are r‖s (RFC 7518,
    /// 3.4), never DER. A bad signature is false, not an error.
    /// </summary>
    public abstract bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    public bool Equals(VerificationKey? other) => other is not null && Kind == other.Kind && Encoded.SequenceEqual(other.Encoded);

    public override bool Equals(object? obj) => Equals(obj as VerificationKey);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_encoded);
        return hash.ToHashCode();
    }
}
