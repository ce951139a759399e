using System.Buffers.Text;
using System.Formats.Cbor;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// How both proof values of ecdsa-sd-2023 are written: three bytes that tell them apart, an array of five in CBOR (RFC 8949), in base64url
/// with its Multibase header <c>u</c>.
/// </summary>
internal static class SdCbor
{
    public const int SignatureSize = 64;

    /// <summary>A P-256 Multikey: two bytes of header and a compressed point.</summary>
    public const int PublicKeySize = 35;

    /// <summary>Of SHA-256, and so of the HMAC, its key and the labels that it makes.</summary>
    public const int HashSize = 32;

    private const int Components = 5;

    public static string Encode(ReadOnlySpan<byte> header, Action<CborWriter> writeComponents)
    {
        var cbor = new CborWriter();
        cbor.WriteStartArray(Components);
        writeComponents(cbor);
        cbor.WriteEndArray();
        return "u" + Base64Url.EncodeToString([.. header, .. cbor.Encode()]);
    }

    /// <returns>What follows the header, or null.</returns>
    public static byte[]? Decode(string proofValue, ReadOnlySpan<byte> header)
    {
        if (proofValue is not ['u', ..] || !Base64Url.IsValid(proofValue.AsSpan(1)))
        {
            return null;
        }

        // Without padding, blanks and idle last bits, so that no two texts mean the same.
        var bytes = Base64Url.DecodeFromChars(proofValue.AsSpan(1));
        return bytes.AsSpan().StartsWith(header) && proofValue.AsSpan(1).SequenceEqual(Base64Url.EncodeToString(bytes))
            ? bytes[header.Length..]
            : null;
    }

    /// <returns>Null if it is malformed.</returns>
    public static T? Parse<T>(string proofValue, ReadOnlySpan<byte> header, Func<CborReader, T> readComponents)
        where T : class
    {
        if (Decode(proofValue, header) is not { } encoded)
        {
            return null;
        }

        try
        {
            var cbor = new CborReader(encoded, CborConformanceMode.Strict);
            if (cbor.ReadStartArray() != Components)
            {
                return null;
            }

            var value = readComponents(cbor);
            cbor.ReadEndArray();
            return cbor.BytesRemaining == 0 ? value : null;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or FormatException)
        {
            // Not well-formed; another type than the one asked for; a number too large; bytes of another length, or a label twice.
            return null;
        }
    }

    public static void WriteArray<T>(CborWriter cbor, IReadOnlyList<T> items, Action<T> write)
    {
        cbor.WriteStartArray(items.Count);
        foreach (var item in items)
        {
            write(item);
        }

        cbor.WriteEndArray();
    }

    public static List<T> ReadArray<T>(CborReader cbor, Func<T> read)
    {
        var items = new List<T>();
        cbor.ReadStartArray();
        while (cbor.PeekState() != CborReaderState.EndArray)
        {
            items.Add(read());
        }

        cbor.ReadEndArray();
        return items;
    }

    public static byte[] ReadBytes(CborReader cbor, int length)
    {
        var bytes = cbor.ReadByteString();
        return bytes.Length == length ? bytes : throw new FormatException("Bytes of another length.");
    }
}
