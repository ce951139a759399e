using System.Text.Json;
using CitiesOfLearning.Hub.Credentials.Keys;

namespace CitiesOfLearning.Hub.Credentials.Proofs;

/// <summary>
/// eddsa-jcs-2022 (https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022): Ed25519 over canonical JSON hashed with SHA-256; the signature in
/// base-58-btc. No vault holds such keys, so the hub only verifies it.
/// </summary>
internal static class EddsaJcs2022
{
    /// <summary>Verify Proof (#verify-proof-eddsa-jcs-2022).</summary>
    /// <returns>The verified document, or null.</returns>
    public static JsonElement? Verify(JsonElement unsecuredDocument, UnverifiedProof proof, VerificationKey key) =>
        key.Kind == KeyKind.Ed25519 ? JcsProof.Verify(unsecuredDocument, proof, key) : null;
}
