using System.Text.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// eddsa-jcs-2022 (https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022): Ed25519 over canonical JSON hashed with SHA-256; the signature in
/// base-58-btc. No vault holds such keys, so it is only verified here.
/// </summary>
internal sealed class EddsaJcs2022() : Cryptosuite("eddsa-jcs-2022", KeyKind.Ed25519)
{
    /// <summary>Verify Proof (#verify-proof-eddsa-jcs-2022).</summary>
    private protected override JsonElement? VerifyProof(SecuredDocument input, UnverifiedProof proof, VerificationKey key) =>
        JcsProof.Verify(input, proof, key);
}
