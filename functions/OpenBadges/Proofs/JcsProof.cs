using System.Security.Cryptography;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Jcs;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// What the two suites over canonical JSON have in common. Numbers in comments are the steps of
/// https://www.w3.org/TR/vc-di-ecdsa/#verify-proof-ecdsa-jcs-2019.
/// </summary>
internal static class JcsProof
{
    /// <summary>Transformation, proof configuration and hashing.</summary>
    /// <param name="proofConfig">With the document's context as its own.</param>
    public static HashedProof Hash(KeyKind key, JsonElement unsecuredDocument, JsonElement proofConfig) =>
        HashedProof.Of(key, JsonCanonicalizer.Canonicalize(unsecuredDocument), JsonCanonicalizer.Canonicalize(proofConfig));

    /// <returns>The verified document, or null.</returns>
    public static JsonElement? Verify(SecuredDocument input, UnverifiedProof proof, VerificationKey key)
    {
        // 2. The proof configuration is the proof without its value.
        var proofConfig = ProofJson.Without(proof.Json, "proofValue");

        // 4. Contexts may have been added to the document since; what is signed has those that the proof repeats.
        if (proofConfig.TryGetProperty("@context", out var signed))
        {
            if (!input.Document.TryGetProperty("@context", out var present) || !StartsWith(present, signed))
            {
                return null;
            }

            input = JsonElement.DeepEquals(present, signed)
                ? input
                : new SecuredDocument(ProofJson.With(input.Document, "@context", signed), input.Budget);
        }

        // 3. and 5. to 8.
        var hash = HashedProof.HashOf(key.Kind);
        var configHash = CryptographicOperations.HashData(hash, JsonCanonicalizer.Canonicalize(proofConfig));
        return HashedProof.IsSignedBy(key, configHash, input.JsonHash(hash), proof.ProofValue) ? input.Document : null;
    }

    private static bool StartsWith(JsonElement present, JsonElement signed)
    {
        var values = Values(present);
        var first = Values(signed);
        return first.Count <= values.Count && first.Zip(values, JsonElement.DeepEquals).All(same => same);
    }

    private static List<JsonElement> Values(JsonElement context) =>
        context.ValueKind == JsonValueKind.Array ? [.. context.EnumerateArray()] : [context];
}
