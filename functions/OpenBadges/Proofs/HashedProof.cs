using System.Security.Cryptography;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// The canonical document and proof configuration, and what is signed of them: the hash of the configuration, then that of the document.
/// Every suite but <see cref="EcdsaSd2023"/> signs so (https://www.w3.org/TR/vc-di-ecdsa/#hashing-ecdsa-rdfc-2019).
/// </summary>
internal sealed record HashedProof(ReadOnlyMemory<byte> CanonicalDocument, ReadOnlyMemory<byte> CanonicalProofConfig, byte[] HashData)
{
    public static HashedProof Of(KeyKind key, ReadOnlyMemory<byte> canonicalDocument, ReadOnlyMemory<byte> canonicalProofConfig) => new(
        canonicalDocument,
        canonicalProofConfig,
        [
            .. CryptographicOperations.HashData(HashOf(key), canonicalProofConfig.Span),
            .. CryptographicOperations.HashData(HashOf(key), canonicalDocument.Span),
        ]);

    /// <summary>SHA-384 for a P-384 key, SHA-256 for any other.</summary>
    public static HashAlgorithmName HashOf(KeyKind key) => key == KeyKind.P384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <param name="proofValue">A signature in base-58-btc with its Multibase header
    /// (https://www.w3.org/TR/vc-data-integrity/#multibase-0).</param>
    public static bool IsSignedBy(VerificationKey key, byte[] configHash, byte[] documentHash, string proofValue) =>
        proofValue is ['z', ..]
        && Base58.Decode(proofValue.AsSpan(1)) is { } signature
        && key.Verifies([.. configHash, .. documentHash], signature);
}
