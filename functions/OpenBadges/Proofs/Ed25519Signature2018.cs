using System.Text.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// Ed25519Signature2018 (https://w3c-ccg.github.io/lds-ed25519-2018/): Ed25519 over canonical RDF, as a detached JWS. The first badges of
/// version 3.0 carry it; it is only verified here.
/// </summary>
internal sealed class Ed25519Signature2018() : Cryptosuite("Ed25519Signature2018", KeyKind.Ed25519)
{
    internal override string Type => Name;

    internal override bool HasJws => true;

    private protected override bool IsNamed(string type, string? cryptosuite) => type == Type && cryptosuite is null;

    private protected override JsonElement? VerifyProof(SecuredDocument input, UnverifiedProof proof, VerificationKey key) =>
        DetachedJws.Verify(input, proof, key);
}
