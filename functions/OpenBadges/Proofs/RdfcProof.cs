using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// What the suites over canonical RDF have in common. Numbers in comments are the steps of
/// https://www.w3.org/TR/vc-di-ecdsa/#verify-proof-ecdsa-rdfc-2019.
/// </summary>
internal static class RdfcProof
{
    /// <summary>
    /// Transformation, proof configuration and hashing. The canonicalization itself uses the key's hash, which changes the labels of blank
    /// nodes.
    /// </summary>
    /// <param name="proofOptions">The proof without its value.</param>
    public static HashedProof Hash(KeyKind key, JsonElement unsecuredDocument, JsonElement proofOptions, JsonLdProcessor processor)
    {
        var hash = key == KeyKind.P384 ? RdfHash.Sha384 : RdfHash.Sha256;
        return HashedProof.Of(
            key,
            CredentialRdf.Canonicalize(processor, unsecuredDocument, hash).NQuads,
            CredentialRdf.Canonicalize(processor, ProofConfig(unsecuredDocument, proofOptions), hash).NQuads);
    }

    /// <summary>Proof Configuration, step 4: the context is the document's, whatever the proof says.</summary>
    public static JsonElement ProofConfig(JsonElement unsecuredDocument, JsonElement proofOptions) =>
        unsecuredDocument.TryGetProperty("@context", out var context)
            ? ProofJson.With(proofOptions, "@context", context)
            : ProofJson.Without(proofOptions, "@context");

    /// <returns>The verified document, or null.</returns>
    /// <exception cref="JsonLdException">The document is not what can be verified.</exception>
    public static JsonElement? Verify(SecuredDocument input, UnverifiedProof proof, VerificationKey key)
    {
        // 2. The proof configuration is the proof without its value.
        var proofOptions = ProofJson.Without(proof.Json, "proofValue");

        // 3. to 7.
        var hash = HashedProof.HashOf(key.Kind);
        return input.UnderAnyEdition(edition =>
            HashedProof.IsSignedBy(key, edition.ConfigHash(proofOptions, hash), edition.RdfHash(hash), proof.ProofValue))
                ? input.Document
                : null;
    }
}
