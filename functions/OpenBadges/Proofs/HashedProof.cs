using System.Security.Cryptography;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// The canonical document and proof configuration, and what is signed of them: the hash of the configuration, then that of the document.
/// Every suite but <see cref="EcdsaSd2023"/> signs so (https://www.w3.org/TR/vc-di-ecdsa/#hashing-ecdsa-rdfc-2019).
/// </summary>
internal sealed record HashedProof(ReadOnlyMemory<byte> CanonicalDocument, ReadOnlyMemory<byte> CanonicalProofConfig, byte[] HashData)
{
    /// <summary>SHA-384 for a P-384 key, SHA-256 for any other.</summary>
    public static HashedProof Of(KeyKind key, ReadOnlyMemory<byte> canonicalDocument, ReadOnlyMemory<byte> canonicalProofConfig) => new(
        canonicalDocument,
        canonicalProofConfig,
        key == KeyKind.P384
            ? [.. SHA384.HashData(canonicalProofConfig.Span), .. SHA384.HashData(canonicalDocument.Span)]
            : [.. SHA256.HashData(canonicalProofConfig.Span), .. SHA256.HashData(canonicalDocument.Span)]);

    /// <param name="proofValue">A signature in base-58-btc with its Multibase header
    /// (https://www.w3.org/TR/vc-data-integrity/#multibase-0).</param>
    public bool IsSignedBy(VerificationKey key, string proofValue) =>
        proofValue is ['z', ..] && Base58.Decode(proofValue.AsSpan(1)) is { } signature && key.Verifies(HashData, signature);
}
