using System.Text.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// ecdsa-rdfc-2019 (https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-rdfc-2019): ECDSA over canonical RDF; P-256 with SHA-256 or P-384 with
/// SHA-384, inside the canonicalization too; the signature in base-58-btc.
/// </summary>
internal sealed class EcdsaRdfc2019() : SigningCryptosuite("ecdsa-rdfc-2019", KeyKind.P256, KeyKind.P384)
{
    /// <summary>Create Proof (#create-proof-ecdsa-rdfc-2019), steps 2 to 4: what is to be signed.</summary>
    public static HashedProof Hash(KeyKind key, JsonElement unsecuredDocument, JsonElement proofOptions) =>
        RdfcProof.Hash(key, unsecuredDocument, proofOptions, CredentialRdf.Newest);

    internal override UnsignedProof Prepare(JsonElement credential, JsonElement options) =>
        new(Hash(KeyKind.P256, credential, options).HashData, DataIntegrity.Base58Value);

    /// <summary>Verify Proof (#verify-proof-ecdsa-rdfc-2019).</summary>
    private protected override JsonElement? VerifyProof(SecuredDocument input, UnverifiedProof proof, VerificationKey key) =>
        RdfcProof.Verify(input, proof, key);
}
