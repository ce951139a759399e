using System.Text.Json;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>Proofs that name earlier ones secure those with the document (https://www.w3.org/TR/vc-data-integrity/#proof-chains).</summary>
internal static class ProofChain
{
    /// <summary>Bytes of a document and of the proofs that are secured with it: far more than a badge with a picture in it needs.</summary>
    public const int MaxInputBytes = 2 * 1024 * 1024;

    /// <summary>
    /// Whether the proof names each earlier one once, and no more of them than a document may have. Each name puts a proof into what is
    /// canonicalized, so names that repeat would buy work that grows with their power.
    /// </summary>
    public static bool IsBounded(UnverifiedProof proof) =>
        proof.PreviousProofs.Count <= UnverifiedProof.MaxProofs
            && proof.PreviousProofs.Distinct(StringComparer.Ordinal).Count() == proof.PreviousProofs.Count;

    /// <summary>Whether what the proof secures is small enough to be looked at; asked before any of it is built.</summary>
    public static bool Fits(JsonElement document, UnverifiedProof proof, IReadOnlyList<UnverifiedProof> proofs) =>
        ProofJson.Raw(document).Length - ProofJson.Raw(document.GetProperty("proof")).Length
            + Earlier(proof, proofs).Sum(p => (long)ProofJson.Raw(p.Json).Length) <= MaxInputBytes;

    /// <summary>
    /// The document without its proofs, or with just those that this proof names. Null if it names one that is not there.
    /// </summary>
    /// <param name="alone">The document without its proofs.</param>
    public static SecuredDocument? InputOf(
        JsonElement document, SecuredDocument alone, UnverifiedProof proof, IReadOnlyList<UnverifiedProof> proofs)
    {
        if (proof.PreviousProofs.Count == 0)
        {
            return alone;
        }

        var matching = Earlier(proof, proofs).ToList();
        return matching.Count == proof.PreviousProofs.Count
            ? new(ProofJson.With(document, "proof", JsonSerializer.SerializeToElement(matching.Select(p => p.Json))), alone.Budget)
            : null;
    }

    /// <summary>
    /// Each proof's own outcome, unless one before it has a worse one (#verify-proof-sets-and-chains, step 3). In the order of
    /// <paramref name="attempts"/>; each is found once, however many proofs build on it.
    /// </summary>
    public static IReadOnlyList<ProofOutcome> OutcomesOf(IReadOnlyList<ProofVerifier.Attempt> attempts)
    {
        var known = new Dictionary<UnverifiedProof, ProofOutcome>(ReferenceEqualityComparer.Instance);
        return [.. attempts.Select(OutcomeOf)];

        ProofOutcome OutcomeOf(ProofVerifier.Attempt attempt)
        {
            if (known.TryGetValue(attempt.Proof, out var outcome))
            {
                return outcome;
            }

            if (attempt.Outcome != ProofOutcome.Good)
            {
                return known[attempt.Proof] = attempt.Outcome;
            }

            // Whoever comes back here meanwhile is in a cycle, of which no proof can have been made.
            known[attempt.Proof] = ProofOutcome.Bad;
            // One that nobody looked at any more stands behind a bad one of the issuer's, which decides.
            var earlier = attempt.Proof.PreviousProofs
                .Select(id => attempts.FirstOrDefault(a => a.Proof.Id == id) is { } before ? OutcomeOf(before) : ProofOutcome.Unsupported)
                .ToList();
            return known[attempt.Proof] = earlier.Contains(ProofOutcome.Bad)
                ? ProofOutcome.Bad
                : earlier.FirstOrDefault(o => o != ProofOutcome.Good, ProofOutcome.Good);
        }
    }

    private static IEnumerable<UnverifiedProof> Earlier(UnverifiedProof proof, IReadOnlyList<UnverifiedProof> proofs) =>
        proof.PreviousProofs.Select(id => proofs.FirstOrDefault(p => p.Id == id && p != proof)).OfType<UnverifiedProof>();
}
