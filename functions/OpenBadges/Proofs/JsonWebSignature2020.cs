using System.Text.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// JsonWebSignature2020 (https://www.w3.org/TR/vc-jws-2020/): any key over canonical RDF, as a detached JWS. Of its algorithms PS256, ES512
/// and ES256K are not known here; it is only verified here.
/// </summary>
internal sealed class JsonWebSignature2020()
    : Cryptosuite("JsonWebSignature2020", KeyKind.Ed25519, KeyKind.P256, KeyKind.P384, KeyKind.Rsa)
{
    internal override string Type => Name;

    internal override bool HasJws => true;

    private protected override bool IsNamed(string type, string? cryptosuite) => type == Type && cryptosuite is null;

    private protected override JsonElement? VerifyProof(SecuredDocument input, UnverifiedProof proof, VerificationKey key) =>
        DetachedJws.Verify(input, proof, key);
}
