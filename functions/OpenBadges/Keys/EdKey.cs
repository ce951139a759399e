using Org.BouncyCastle.Math.EC.Rfc8032;

namespace CitiesOfLearning.OpenBadges.Keys;

/// <summary>
/// Ed25519, without pre-hash or context (RFC 8032, 5.1, https://www.rfc-editor.org/rfc/rfc8032#section-5.1): 32-byte keys, 64-byte
/// signatures.
/// </summary>
internal sealed class EdKey : VerificationKey
{
    private readonly Ed25519.PublicPoint _point;

    private EdKey(byte[] encoded, Ed25519.PublicPoint point)
        : base(KeyKind.Ed25519, encoded) => _point = point;

    /// <summary>
    /// Null unless it is a point of the prime-order group, in its one canonical encoding: under a key of small order, one signature fits
    /// many
    /// messages.
    /// </summary>
    public static EdKey? From(ReadOnlySpan<byte> encoded) =>
        encoded.Length == Ed25519.PublicKeySize && encoded.ToArray() is var key && Ed25519.ValidatePublicKeyFullExport(key, 0) is { } point
            ? new EdKey(key, point)
            : null;

    public override bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature.ToArray(), 0, _point, message.ToArray(), 0, message.Length);
}
