using System.Text.Json;
using CitiesOfLearning.Hub.Credentials.Keys;

namespace CitiesOfLearning.Hub.Credentials.Proofs;

/// <summary>
/// ecdsa-rdfc-2019 (https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-rdfc-2019): ECDSA over canonical RDF; P-256 with SHA-256 or P-384 with SHA-384,
/// inside the canonicalization too; the signature in base-58-btc.
/// </summary>
internal static class EcdsaRdfc2019
{
    /// <summary>Create Proof (#create-proof-ecdsa-rdfc-2019), steps 2 to 4: what is to be signed.</summary>
    public static HashedProof Hash(KeyKind key, JsonElement unsecuredDocument, JsonElement proofOptions) =>
        RdfcProof.Hash(key, unsecuredDocument, proofOptions, CredentialRdf.Newest);

    /// <summary>Verify Proof (#verify-proof-ecdsa-rdfc-2019).</summary>
    /// <returns>The verified document, or null.</returns>
    public static JsonElement? Verify(JsonElement unsecuredDocument, UnverifiedProof proof, VerificationKey key) =>
        key.Kind is KeyKind.P256 or KeyKind.P384 ? RdfcProof.Verify(unsecuredDocument, proof, key) : null;
}
