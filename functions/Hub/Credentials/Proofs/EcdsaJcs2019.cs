using System.Text.Json;
using CitiesOfLearning.Hub.Credentials.Keys;

namespace CitiesOfLearning.Hub.Credentials.Proofs;

/// <summary>
/// ecdsa-jcs-2019 (https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019): ECDSA over canonical JSON; P-256 with SHA-256 or P-384 with SHA-384;
/// the signature in base-58-btc.
/// </summary>
internal static class EcdsaJcs2019
{
    /// <summary>Create Proof (#create-proof-ecdsa-jcs-2019), steps 3 to 5: what is to be signed.</summary>
    public static HashedProof Hash(KeyKind key, JsonElement unsecuredDocument, JsonElement proofConfig) => JcsProof.Hash(key, unsecuredDocument, proofConfig);

    /// <summary>Verify Proof (#verify-proof-ecdsa-jcs-2019).</summary>
    /// <returns>The verified document, or null.</returns>
    public static JsonElement? Verify(JsonElement unsecuredDocument, UnverifiedProof proof, VerificationKey key) =>
        key.Kind is KeyKind.P256 or KeyKind.P384 ? JcsProof.Verify(unsecuredDocument, proof, key) : null;
}
