using System.Text.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// eddsa-rdfc-2022 (https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022): Ed25519 over canonical RDF hashed with SHA-256; the signature in
/// base-58-btc. No vault holds such keys, so it is only verified here.
/// </summary>
internal sealed class EddsaRdfc2022() : Cryptosuite("eddsa-rdfc-2022", KeyKind.Ed25519)
{
    // Before it had its present name, it was called eddsa-2022.
    private protected override bool IsNamed(string type, string? cryptosuite) =>
        base.IsNamed(type, cryptosuite) || base.IsNamed(type, cryptosuite == "eddsa-2022" ? Name : null);

    /// <summary>Verify Proof (#verify-proof-eddsa-rdfc-2022).</summary>
    private protected override JsonElement? VerifyProof(SecuredDocument input, UnverifiedProof proof, VerificationKey key) =>
        RdfcProof.Verify(input, proof, key);
}
