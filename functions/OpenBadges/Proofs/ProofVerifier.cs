using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// Verifies the proofs that a credential carries: one, a set or a chain (https://www.w3.org/TR/vc-data-integrity/#verify-proof,
/// #verify-proof-sets-and-chains).
/// </summary>
/// <param name="time">What time it is: proofs and keys may have an end.</param>
public sealed class ProofVerifier(TimeProvider time)
{
    /// <summary>How far two clocks may differ.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with a credential is an outcome; what <paramref name="methodOf"/> throws comes through.</summary>
    /// <param name="credential">UTF-8 JSON that anybody may have written.</param>
    /// <param name="methodOf">
    /// Finds a verification method by its URL, and only if whoever controls it lists it for <c>assertionMethod</c>
    /// (https://www.w3.org/TR/vc-data-integrity/#retrieve-verification-method); null if it cannot be had.
    /// </param>
    /// <param name="budget">What the request may cost, and when it ends.</param>
    /// <exception cref="WorkBudgetException">The request asks for too much work: nothing is known of the proofs.</exception>
    public async ValueTask<ProofReport> VerifyAsync(
        ReadOnlyMemory<byte> credential,
        Func<string, CancellationToken, ValueTask<VerificationMethod?>> methodOf,
        WorkBudget budget)
    {
        var (document, issuer, proofs, problem) = budget.Run(() => Read(credential));
        if (problem is not null)
        {
            return problem;
        }

        var (attempts, alone) = (new List<Attempt>(), new SecuredDocument(ProofJson.Without(document, "proof"), budget));
        foreach (var proof in proofs)
        {
            budget.Spend(Work.Proofs);
            attempts.Add(await TryAsync(document, alone, proof, proofs, methodOf));

            // Nothing makes up for a bad one of the issuer's.
            if (attempts[^1] is { Outcome: ProofOutcome.Bad, Controller: var controller } && controller == issuer)
            {
                break;
            }
        }

        return Build(attempts, issuer);
    }

    private static (JsonElement Document, string Issuer, IReadOnlyList<UnverifiedProof> Proofs, ProofReport? Problem) Read(
        ReadOnlyMemory<byte> credential)
    {
        using var parsed = CredentialJson.TryParse(credential);
        if (parsed?.RootElement.Clone() is not { } document || document.IssuerId() is not { } issuer)
        {
            return Problem(ProofOutcome.Malformed, "There is no issuer.");
        }

        return UnverifiedProof.ReadAll(document) is not { Count: > 0 } proofs
                ? Problem(ProofOutcome.Malformed, "There is no proof that can be read, or there are too many.")
            : !CompactedForm.Is(document)
                ? Problem(ProofOutcome.Unsupported, "The document does not say things by the words that readers look for.")
            : (document, issuer, proofs, null);

        static (JsonElement, string, IReadOnlyList<UnverifiedProof>, ProofReport?) Problem(ProofOutcome outcome, string reason) =>
            (default, "", [], new ProofReport(outcome, reason, null, []));
    }

    private async ValueTask<Attempt> TryAsync(
        JsonElement document,
        SecuredDocument alone,
        UnverifiedProof proof,
        IReadOnlyList<UnverifiedProof> proofs,
        Func<string, CancellationToken, ValueTask<VerificationMethod?>> methodOf)
    {
        // Verify Proof, 4. What it is for, and when.
        var now = time.GetUtcNow();
        if (proof.Purpose != "assertionMethod")
        {
            return new Attempt(proof, ProofOutcome.Bad, "The proof was made for another purpose.");
        }

        if (proof.Expires + Tolerance <= now || proof.Created > now + Tolerance)
        {
            return new Attempt(proof, ProofOutcome.Bad, "The proof has expired, or is dated in the future.");
        }

        if (proof.Suite is null)
        {
            return new Attempt(proof, ProofOutcome.Unsupported, "The hub does not know this kind of proof.");
        }

        if (!ProofChain.IsBounded(proof) || !ProofChain.Fits(document, proof, proofs))
        {
            return new Attempt(proof, ProofOutcome.Unsupported, "The document is too large, or the proof names others too often.");
        }

        alone.Budget.Spend(Work.References, proof.PreviousProofs.Count);

        if (await methodOf(proof.VerificationMethod, alone.Budget.CancellationToken) is not { } method)
        {
            return new Attempt(proof, ProofOutcome.UnknownKey, "The key could not be had.");
        }

        return method.Until <= now
            ? new Attempt(proof, ProofOutcome.Bad, "The key must not be believed any more.", Controller: method.Controller)
            : alone.Budget.Run(() => Check(document, alone, proof, proofs, method)) with { Controller = method.Controller };
    }

    private static Attempt Check(
        JsonElement document,
        SecuredDocument alone,
        UnverifiedProof proof,
        IReadOnlyList<UnverifiedProof> proofs,
        VerificationMethod method)
    {
        try
        {
            return proof.Suite is EcdsaSd2023 && SdBaseProofValue.Is(proof.ProofValue)
                ? new Attempt(proof, ProofOutcome.Unsupported, "The proof was made for the holder, who derives from it what to show.")
                : ProofChain.InputOf(document, alone, proof, proofs) is { } input
                    && proof.Suite!.Verify(input, proof, method.Key) is { } verified
                    ? new Attempt(proof, ProofOutcome.Good, "", Verified: ProofJson.Without(verified, "proof"))
                    : new Attempt(proof, ProofOutcome.Bad, "The proof does not fit the document.");
        }
        catch (JsonLdException e)
            when (e.Code is JsonLdErrors.LoadingRemoteContextFailed or JsonLdErrors.LimitExceeded or Rdfc10.WorkLimitExceeded)
        {
            return new Attempt(
                proof, ProofOutcome.Unsupported, "The document uses a context that the hub does not know, or asks for too much work.");
        }
        catch (Exception e) when (e is JsonLdException or JsonException)
        {
            return new Attempt(proof, ProofOutcome.Bad, "The document says something that its proof does not cover.");
        }
    }

    private static ProofReport Build(List<Attempt> attempts, string issuer)
    {
        List<CheckedProof> proofs = [.. attempts.Zip(ProofChain.OutcomesOf(attempts), (a, outcome) =>
            new CheckedProof(
                a.Proof, outcome, a.Controller == issuer, outcome == a.Outcome ? a.Reason : "A proof that it builds on is not good."))];
        var issuers = proofs.FindAll(p => p.IsIssuers);
        var ofNobodyKnown = proofs.Where((_, i) => attempts[i].Controller is null);
        var deciding = issuers.Find(p => p.Outcome == ProofOutcome.Bad)
            ?? issuers.Find(p => p.Outcome == ProofOutcome.Good)
            ?? issuers.Concat(ofNobodyKnown).FirstOrDefault();
        return deciding is null ? new ProofReport(ProofOutcome.NotIssuers, "The key is not the issuer's.", null, proofs)
            : deciding.Outcome == ProofOutcome.Good
                ? new ProofReport(ProofOutcome.Good, "", attempts[proofs.IndexOf(deciding)].Verified, proofs)
            : new ProofReport(deciding.Outcome, deciding.Reason, null, proofs);
    }

    /// <summary>One proof on its own, whoever made it and whatever became of those before it.</summary>
    internal sealed record Attempt(
        UnverifiedProof Proof,
        ProofOutcome Outcome,
        string Reason,
        string? Controller = null,
        JsonElement? Verified = null);
}
