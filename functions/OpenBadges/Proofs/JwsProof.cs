using System.Security.Cryptography;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// Ed25519Signature2018 (https://w3c-ccg.github.io/lds-ed25519-2018/) and JsonWebSignature2020 (https://www.w3.org/TR/vc-jws-2020/): a type
/// of their own, no <c>cryptosuite</c>, and the signature in <c>jws</c>. The hash is SHA-256 whichever the key; the key's own hash is the
/// signature's. Badges of 2019 to 2023 carry them; they are only verified here.
/// </summary>
internal sealed class JwsProof(string name, params KeyKind[] keys) : Cryptosuite(name, keys)
{
    internal override string Type => Name;

    internal override bool HasJws => true;

    private protected override bool IsNamed(string type, string? cryptosuite) => type == Type && cryptosuite is null;

    private protected override JsonElement? VerifyProof(SecuredDocument input, UnverifiedProof proof, VerificationKey key)
    {
        if (DetachedJws.Read(proof.ProofValue) is not { } jws || !key.HasAlgorithm(jws.Algorithm))
        {
            return null;
        }

        var proofOptions = ProofJson.Without(proof.Json, "jws");
        var hash = HashAlgorithmName.SHA256;
        return input.UnderAnyEdition(edition =>
            key.Verifies(jws.SigningInput([.. edition.ConfigHash(proofOptions, hash), .. edition.RdfHash(hash)]), jws.Signature))
                ? input.Document
                : null;
    }
}
