using System.Text.Json;

namespace CitiesOfLearning.OpenBadges.Proofs;

public enum ProofOutcome
{
    /// <summary>The proof does not fit the document, or is malformed, or must not be believed now.</summary>
    Bad,

    Good,

    /// <summary>A suite, context, form or size that the hub does not work with. It could not check.</summary>
    Unsupported,

    /// <summary>The key that the proof names could not be had.</summary>
    UnknownKey,

    /// <summary>Somebody else's proof: it says nothing about who issued the document.</summary>
    NotIssuers,
}

/// <param name="IsIssuers">The key's controller is the document's issuer.</param>
/// <param name="Reason">Why it is not good, in plain English; says nothing that is in the document. Empty if it is good.</param>
public sealed record CheckedProof(UnverifiedProof Proof, ProofOutcome Outcome, bool IsIssuers, string Reason);

/// <param name="Outcome">Of the issuer's proofs together: one is good and none is bad.</param>
/// <param name="VerifiedDocument">What the issuer signed, without proofs; read this and nothing else. Null unless the outcome is good.</param>
/// <param name="Proofs">In the order of the document; empty if they could not be read.</param>
public sealed record ProofReport(ProofOutcome Outcome, string Reason, JsonElement? VerifiedDocument, IReadOnlyList<CheckedProof> Proofs);
