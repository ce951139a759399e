using System.Text.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// Ed25519Signature2020 (https://www.w3.org/TR/vc-di-eddsa/#the-ed25519signature2020-suite): as <see cref="EddsaRdfc2022"/>, but with a
/// type of its own and no <c>cryptosuite</c>. Many badges of 2021 to 2024 carry it; it is only verified here.
/// </summary>
internal sealed class Ed25519Signature2020() : Cryptosuite("Ed25519Signature2020", KeyKind.Ed25519)
{
    internal override string Type => Name;

    private protected override bool IsNamed(string type, string? cryptosuite) => type == Type && cryptosuite is null;

    /// <summary>Proof verification.</summary>
    private protected override JsonElement? VerifyProof(SecuredDocument input, UnverifiedProof proof, VerificationKey key) =>
        RdfcProof.Verify(input, proof, key);
}
