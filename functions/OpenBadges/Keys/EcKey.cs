using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;

namespace CitiesOfLearning.OpenBadges.Keys;

/// <summary>ECDSA over P-256 with SHA-256, or over P-384 with SHA-384 (FIPS 186-5, https://csrc.nist.gov/pubs/fips/186-5/final).</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Public keys live as long as the process.")]
internal sealed class EcKey : VerificationKey
{
    private readonly HashAlgorithmName _hash;
    private readonly int _size;

    // .NET promises no thread-safety for key objects; one for each thread costs less than a lock.
    private readonly ThreadLocal<ECDsa> _key;

    private EcKey(KeyKind kind, Org.BouncyCastle.Math.EC.ECPoint point)
        : base(kind, point.GetEncoded(compressed: true))
    {
        (_hash, var curve) = kind == KeyKind.P256
            ? (HashAlgorithmName.SHA256, ECCurve.NamedCurves.nistP256)
            : (HashAlgorithmName.SHA384, ECCurve.NamedCurves.nistP384);
        _size = Size(kind);
        var parameters = new ECParameters
        {
            Curve = curve,
            Q = new ECPoint { X = point.AffineXCoord.GetEncoded(), Y = point.AffineYCoord.GetEncoded() },
        };
        _key = new(() => ECDsa.Create(parameters));
    }

    /// <summary>A point in its compressed form, 02 or 03 and x (SEC 1, 2.3.4); null unless it is on the curve.</summary>
    public static EcKey? FromCompressed(KeyKind kind, ReadOnlySpan<byte> point) =>
        point.Length == 1 + Size(kind) && point[0] is 2 or 3 ? Decode(kind, point.ToArray()) : null;

    /// <summary>A point by both coordinates, each at its full length; null unless it is on the curve.</summary>
    public static EcKey? FromCoordinates(KeyKind kind, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) =>
        x.Length == Size(kind) && y.Length == Size(kind) ? Decode(kind, [4, .. x, .. y]) : null;

    public override bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == 2 * _size
            && _key.Value!.VerifyData(message, signature, _hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    // The length of a coordinate, and of each half of a signature.
    private static int Size(KeyKind kind) => kind == KeyKind.P256 ? 32 : 48;

    // The point at infinity is one byte, 00, so it never has the length that was asked for; the curves have no points of small order.
    private static EcKey? Decode(KeyKind kind, byte[] point)
    {
        try
        {
            return new EcKey(kind, Curve(kind).Curve.DecodePoint(point).Normalize());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static X9ECParameters Curve(KeyKind kind) => CustomNamedCurves.GetByName(kind == KeyKind.P256 ? "secp256r1" : "secp384r1");
}
