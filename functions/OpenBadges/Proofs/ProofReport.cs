using System.Text.Json;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>What became of a proof, or of the issuer's proofs together.</summary>
public enum ProofOutcome
{
    /// <summary>The proof does not fit the document, or must not be believed now.</summary>
    Bad,

    /// <summary>The key that the proof names signed the document.</summary>
    Good,

    /// <summary>A suite, context, form or size that is not worked with here. It could not be checked.</summary>
    Unsupported,

    /// <summary>The key that the proof names could not be had.</summary>
    UnknownKey,

    /// <summary>Somebody else's proof: it says nothing about who issued the document.</summary>
    NotIssuers,

    /// <summary>There is no proof that can be read. It could not be checked.</summary>
    Malformed,
}

/// <summary>One proof of a document, checked.</summary>
/// <param name="Proof">What it says of itself.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="IsIssuers">The key's controller is the document's issuer.</param>
/// <param name="Reason">Why it is not good, in plain English; says nothing that is in the document. Empty if it is good.</param>
public sealed record CheckedProof(UnverifiedProof Proof, ProofOutcome Outcome, bool IsIssuers, string Reason);

/// <summary>What the proofs of a document came to.</summary>
/// <param name="Outcome">Of the issuer's proofs together: one is good and none is bad.</param>
/// <param name="Reason">Why it is not good, in plain English. Empty if it is good.</param>
/// <param name="VerifiedDocument">What the issuer signed, without proofs; read this and nothing else. Null unless the outcome is
/// good.</param>
/// <param name="Proofs">In the order of the document; empty if they could not be read.</param>
public sealed record ProofReport(ProofOutcome Outcome, string Reason, JsonElement? VerifiedDocument, IReadOnlyList<CheckedProof> Proofs);
