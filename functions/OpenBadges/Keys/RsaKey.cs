using System.Security.Cryptography;

namespace CitiesOfLearning.OpenBadges.Keys;

/// <summary>
/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2, https://www.rfc-editor.org/rfc/rfc8017#section-8.2), modulus 2048 to 8192 bits.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Public keys live as long as the process.")]
internal sealed class RsaKey : VerificationKey
{
    private const int LeastBytes = 2048 / 8;

    // Twice the largest that anybody issues with: larger ones only cost time.
    private const int MaxBytes = 8192 / 8;

    private readonly int _size;

    // .NET promises no thread-safety for key objects; one for each thread costs less than a lock.
    private readonly ThreadLocal<RSA> _key;

    private RsaKey(byte[] modulus, byte[] exponent)
        : base(KeyKind.Rsa, [(byte)exponent.Length, .. exponent, .. modulus])
    {
        _size = modulus.Length;
        _key = new(() => RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent }));
    }

    /// <summary>
    /// Both big-endian without leading zeros (RFC 7518, 2: Base64urlUInt). Null unless the modulus is odd and long enough, and the exponent
    /// odd and at least 3 (RFC 8017, 3.1), but no longer than libraries take.
    /// </summary>
    public static RsaKey? From(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        var soundModulus = modulus.Length is >= LeastBytes and <= MaxBytes
            && (modulus.Length > LeastBytes ? modulus[0] > 0 : modulus[0] >= 0x80)
            && (modulus[^1] & 1) == 1;
        var soundExponent = exponent.Length is >= 1 and <= 8 && exponent[0] > (exponent.Length == 1 ? 2 : 0) && (exponent[^1] & 1) == 1;
        return soundModulus && soundExponent ? new RsaKey(modulus.ToArray(), exponent.ToArray()) : null;
    }

    public override bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == _size && _key.Value!.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}
