using System.Text.Json;
using CitiesOfLearning.JsonLd.Canonicalization;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// Add Derived Proof of ecdsa-sd-2023 (https://www.w3.org/TR/vc-di-ecdsa/#add-derived-proof-ecdsa-sd-2023): the holder shows a part.
/// </summary>
public static class SdDerivation
{
    /// <summary>What is mandatory, and what these JSON Pointers choose; the empty pointer is everything.</summary>
    /// <param name="withBaseProof">A document with its base proof; of its holder, who may see all of it.</param>
    /// <param name="selectivePointers">JSON Pointers (RFC 6901) into the document.</param>
    /// <returns>The document to show, UTF-8 JSON; null if its proof is no base proof.</returns>
    /// <exception cref="ArgumentException">A pointer leads nowhere, or into the middle of a statement.</exception>
    public static byte[]? Derive(JsonElement withBaseProof, IReadOnlyList<string> selectivePointers)
    {
        if (UnverifiedProof.ReadAll(withBaseProof) is not [{ Suite: EcdsaSd2023 } proof]
            || SdBaseProofValue.Parse(proof.ProofValue) is not { } value)
        {
            return null;
        }

        var document = ProofJson.Without(withBaseProof, "proof");
        var (derived, revealed) = Disclose(document, value, selectivePointers);
        var newProof = ProofJson.With(proof.Json, "proofValue", derived.Serialize());
        return ProofJson.Raw(ProofJson.With(revealed, "proof", newProof)).ToArray();
    }

    /// <summary>createDisclosureData (#createdisclosuredata).</summary>
    internal static (SdDerivedProofValue Value, JsonElement RevealDocument) Disclose(
        JsonElement document, SdBaseProofValue value, IReadOnlyList<string> selectivePointers)
    {
        // 2. to 6. The groups.
        IReadOnlyList<string> combinedPointers = [.. value.MandatoryPointers, .. selectivePointers];
        var groups = new StatementGroups(document, value.HmacKey, CredentialRdf.Newest);
        var mandatory = groups.Select(value.MandatoryPointers).Matching;
        var combined = groups.Select(combinedPointers);

        // 7. to 9. Where the mandatory statements stand among those that are shown.
        List<int> mandatoryIndexes = [.. combined.Matching.Index().Where(line => mandatory.Contains(line.Item)).Select(line => line.Index)];

        // 10. The signatures of the others that are shown. There is one for each line that is not mandatory, in their order.
        var signatures = Enumerable.Range(0, groups.Canonical.Count).Where(line => !mandatory.Contains(line)).Zip(value.Signatures)
            .Where(pair => combined.Matching.Contains(pair.First)).Select(pair => pair.Second).ToList();

        // 11.
        var revealDocument = JsonSelection.Select(document, combinedPointers) ?? throw new ArgumentException("Nothing is to be shown.");

        // 12. to 14. The labels that a verifier will find, and those that were signed.
        var verifierLabels = Rdfc10.Canonicalize(combined.Statements).IssuedIdentifiers
            .ToDictionary(p => p.Value, p => groups.Canonical.IssuedIdentifiers[p.Key], StringComparer.Ordinal);

        // 15.
        var derived = new SdDerivedProofValue(value.BaseSignature, value.PublicKey, signatures, verifierLabels, mandatoryIndexes);
        return (derived, revealDocument);
    }
}
