using System.Text.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// ecdsa-jcs-2019 (https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019): ECDSA over canonical JSON; P-256 with SHA-256 or P-384 with SHA-384;
/// the signature in base-58-btc.
/// </summary>
internal sealed class EcdsaJcs2019() : Cryptosuite("ecdsa-jcs-2019", KeyKind.P256, KeyKind.P384)
{
    /// <summary>Create Proof (#create-proof-ecdsa-jcs-2019), steps 3 to 5: what is to be signed.</summary>
    public static HashedProof Hash(KeyKind key, JsonElement unsecuredDocument, JsonElement proofConfig) =>
        JcsProof.Hash(key, unsecuredDocument, proofConfig);

    /// <summary>Verify Proof (#verify-proof-ecdsa-jcs-2019).</summary>
    private protected override JsonElement? VerifyProof(SecuredDocument input, UnverifiedProof proof, VerificationKey key) =>
        JcsProof.Verify(input, proof, key);
}
