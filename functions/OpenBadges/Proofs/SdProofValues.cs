using System.Buffers.Text;
using System.Formats.Cbor;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// The value of a base proof, for its holder alone (https://www.w3.org/TR/vc-di-ecdsa/#serializebaseproofvalue, #parsebaseproofvalue).
/// </summary>
/// <param name="PublicKey">Of the key pair that lived only for this proof, as Multikey.</param>
/// <param name="Signatures">One for each statement that is not mandatory, in their order.</param>
internal sealed record SdBaseProofValue(
    byte[] BaseSignature, byte[] PublicKey, byte[] HmacKey, IReadOnlyList<byte[]> Signatures, IReadOnlyList<string> MandatoryPointers)
{
    private static ReadOnlySpan<byte> Header => [0xd9, 0x5d, 0x00];

    public static bool Is(string proofValue) => SdCbor.Decode(proofValue, Header) is not null;

    public string Serialize() => SdCbor.Encode(Header, cbor =>
    {
        cbor.WriteByteString(BaseSignature);
        cbor.WriteByteString(PublicKey);
        cbor.WriteByteString(HmacKey);
        SdCbor.WriteArray(cbor, Signatures, cbor.WriteByteString);
        SdCbor.WriteArray(cbor, MandatoryPointers, cbor.WriteTextString);
    });

    /// <returns>Null if it is malformed.</returns>
    public static SdBaseProofValue? Parse(string proofValue) => SdCbor.Parse(proofValue, Header, cbor => new SdBaseProofValue(
        SdCbor.ReadBytes(cbor, SdCbor.SignatureSize),
        SdCbor.ReadBytes(cbor, SdCbor.PublicKeySize),
        SdCbor.ReadBytes(cbor, SdCbor.HashSize),
        SdCbor.ReadArray(cbor, () => SdCbor.ReadBytes(cbor, SdCbor.SignatureSize)),
        SdCbor.ReadArray(cbor, cbor.ReadTextString)));
}

/// <summary>
/// The value of a derived proof, for everybody (https://www.w3.org/TR/vc-di-ecdsa/#serializederivedproofvalue, #parsederivedproofvalue).
/// </summary>
/// <param name="Signatures">One for each revealed statement that is not mandatory, in their order.</param>
/// <param name="LabelMap">From the label that whoever canonicalizes the document finds to the label in the statements that were
/// signed.</param>
/// <param name="MandatoryIndexes">Which of the revealed statements are mandatory.</param>
internal sealed record SdDerivedProofValue(
    byte[] BaseSignature,
    byte[] PublicKey,
    IReadOnlyList<byte[]> Signatures,
    IReadOnlyDictionary<string, string> LabelMap,
    IReadOnlyList<int> MandatoryIndexes)
{
    private const string CanonicalPrefix = "c14n";

    private static ReadOnlySpan<byte> Header => [0xd9, 0x5d, 0x01];

    public string Serialize() => SdCbor.Encode(Header, cbor =>
    {
        cbor.WriteByteString(BaseSignature);
        cbor.WriteByteString(PublicKey);
        SdCbor.WriteArray(cbor, Signatures, cbor.WriteByteString);

        // compressLabelMap (#compresslabelmap).
        var compressed = LabelMap
            .Select(p => (Number: int.Parse(p.Key.AsSpan(CanonicalPrefix.Length), provider: null), Label: p.Value))
            .OrderBy(p => p.Number)
            .ToList();
        cbor.WriteStartMap(compressed.Count);
        foreach (var (number, label) in compressed)
        {
            cbor.WriteInt32(number);
            cbor.WriteByteString(Base64Url.DecodeFromChars(label.AsSpan(1)));
        }

        cbor.WriteEndMap();
        SdCbor.WriteArray(cbor, MandatoryIndexes, cbor.WriteInt32);
    });

    /// <returns>Null if it is malformed.</returns>
    public static SdDerivedProofValue? Parse(string proofValue) => SdCbor.Parse(proofValue, Header, cbor => new SdDerivedProofValue(
        SdCbor.ReadBytes(cbor, SdCbor.SignatureSize),
        SdCbor.ReadBytes(cbor, SdCbor.PublicKeySize),
        SdCbor.ReadArray(cbor, () => SdCbor.ReadBytes(cbor, SdCbor.SignatureSize)),
        ReadLabelMap(cbor),
        SdCbor.ReadArray(cbor, cbor.ReadInt32)));

    /// <summary>decompressLabelMap (#decompresslabelmap).</summary>
    private static Dictionary<string, string> ReadLabelMap(CborReader cbor)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        cbor.ReadStartMap();
        while (cbor.PeekState() != CborReaderState.EndMap)
        {
            // Strict CBOR has no key twice, but a number has several spellings.
            var label = $"{CanonicalPrefix}{checked((int)cbor.ReadUInt32())}";
            if (!map.TryAdd(label, "u" + Base64Url.EncodeToString(SdCbor.ReadBytes(cbor, SdCbor.HashSize))))
            {
                throw new FormatException("A label that is said twice.");
            }
        }

        cbor.ReadEndMap();
        return map;
    }
}
