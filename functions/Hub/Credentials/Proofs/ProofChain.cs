using System.Text.Json;

namespace CitiesOfLearning.Hub.Credentials.Proofs;

/// <summary>Proofs that name earlier ones secure those with the document (https://www.w3.org/TR/vc-data-integrity/#proof-chains).</summary>
internal static class ProofChain
{
    /// <summary>The document without its proofs, or with just those that this proof names. Null if it names one that is not there.</summary>
    public static JsonElement? InputOf(JsonElement document, UnverifiedProof proof, IReadOnlyList<UnverifiedProof> proofs)
    {
        if (proof.PreviousProofs.Count == 0)
        {
            return ProofJson.Without(document, "proof");
        }

        var matching = proof.PreviousProofs.Select(id => proofs.FirstOrDefault(p => p.Id == id && p != proof)).OfType<UnverifiedProof>().ToList();
        return matching.Count == proof.PreviousProofs.Count ? ProofJson.With(document, "proof", JsonSerializer.SerializeToElement(matching.Select(p => p.Json))) : null;
    }

    /// <summary>The proof's own outcome, unless one before it has a worse one (#verify-proof-sets-and-chains, step 3).</summary>
    public static ProofOutcome OutcomeOf(ProofVerifier.Attempt attempt, IReadOnlyList<ProofVerifier.Attempt> attempts) => OutcomeOf(attempt, attempts, []);

    private static ProofOutcome OutcomeOf(ProofVerifier.Attempt attempt, IReadOnlyList<ProofVerifier.Attempt> attempts, List<UnverifiedProof> visited)
    {
        // A cycle: none of its proofs can have been made.
        if (visited.Contains(attempt.Proof))
        {
            return ProofOutcome.Bad;
        }

        if (attempt.Outcome != ProofOutcome.Good)
        {
            return attempt.Outcome;
        }

        var earlier = attempt.Proof.PreviousProofs
            .Select(id => OutcomeOf(attempts.First(a => a.Proof.Id == id), attempts, [.. visited, attempt.Proof])).ToList();
        return earlier.Contains(ProofOutcome.Bad) ? ProofOutcome.Bad : earlier.FirstOrDefault(o => o != ProofOutcome.Good, ProofOutcome.Good);
    }
}
