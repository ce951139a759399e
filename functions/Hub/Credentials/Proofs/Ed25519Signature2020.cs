using System.Text.Json;
using CitiesOfLearning.Hub.Credentials.Keys;

namespace CitiesOfLearning.Hub.Credentials.Proofs;

/// <summary>
/// Ed25519Signature2020 (https://www.w3.org/TR/vc-di-eddsa/#the-ed25519signature2020-suite): as <see cref="EddsaRdfc2022"/>, but with a type
/// of its own and no <c>cryptosuite</c>. Many badges of 2021 to 2024 carry it; the hub only verifies it.
/// </summary>
internal static class Ed25519Signature2020
{
    /// <summary>Proof verification.</summary>
    /// <returns>The verified document, or null.</returns>
    public static JsonElement? Verify(JsonElement unsecuredDocument, UnverifiedProof proof, VerificationKey key) =>
        key.Kind == KeyKind.Ed25519 ? RdfcProof.Verify(unsecuredDocument, proof, key) : null;
}
