using System.Runtime.InteropServices;
using System.Text.Json;
using CitiesOfLearning.Hub.Verification.Issuers;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// What its issuer's proof covers of a credential, a badge or a status list. Only the check of the proof makes one, and every later check
/// takes nothing else: what no proof covers is never read.
/// </summary>
internal sealed class ProvenCredential
{
    private ProvenCredential(JsonElement document, SignedCredential signed) => (Document, Signed) = (document, signed);

    /// <summary>What it says, without proofs.</summary>
    public JsonElement Document { get; }

    /// <summary>The token that it came in, whose claims the signature covers too; null if it carries its proof within.</summary>
    public UnverifiedJwt? Jwt => Signed.Jwt;

    /// <summary>The token's payload.</summary>
    public JsonElement Payload => Signed.Payload;

    /// <summary>A claim of the token that contradicts the credential, or null.</summary>
    public string? Conflict => Signed.Conflict;

    private SignedCredential Signed { get; }

    /// <summary>
    /// Checks the proof, by a key that belongs to the issuer (https://www.imsglobal.org/spec/ob/v3p0/#verification-and-validation).
    /// </summary>
    /// <returns>What came of it, and what the proof covers; null unless it is good.</returns>
    public static Task<(ProofCheck Check, ProvenCredential? Proven)> CheckAsync(
        SignedCredential signed, Issuer issuer, ProofVerifier proofs, WorkBudget budget) =>
        signed.Jwt is { } jwt ? TokenAsync(signed, jwt, issuer, budget)
        : !signed.Credential.Values("proof").Any() ? Task.FromResult<(ProofCheck, ProvenCredential?)>((ProofCheck.None, null))
        : EmbeddedAsync(signed, issuer, proofs, budget);

    // RFC 7515, 5.2 and RFC 8725, 3.1: the algorithm is the key's, and the header may only repeat it. So "none", and a public key used as
    // an HMAC secret, fail here. Nothing is fetched for a token that cannot be accepted whatever the key.
    private static async Task<(ProofCheck Check, ProvenCredential? Proven)> TokenAsync(
        SignedCredential signed, UnverifiedJwt jwt, Issuer issuer, WorkBudget budget)
    {
        if (jwt.Header.Algorithm is null or "none" or "HS256" or "HS384" or "HS512")
        {
            return (ProofCheck.Forbidden, null);
        }

        // An extension that must be understood is not (4.1.11).
        if (jwt.Header.HasCritical || !issuer.Algorithms.Contains(jwt.Header.Algorithm))
        {
            return (issuer.OtherAlgorithm, null);
        }

        return await issuer.KeyByIdAsync(jwt.Header.KeyId, budget) switch
        {
            IssuerKey.Found { Key: var key } =>
                !key.HasAlgorithm(jwt.Header.Algorithm) ? (ProofCheck.Forbidden, null)
                : jwt.IsSignedBy(key) ? (ProofCheck.Good(jwt.Header.Algorithm), new ProvenCredential(signed.Credential, signed))
                : (ProofCheck.Bad, null),
            var problem => (ProofCheck.Key(problem), null),
        };
    }

    private static async Task<(ProofCheck Check, ProvenCredential? Proven)> EmbeddedAsync(
        SignedCredential signed, Issuer issuer, ProofVerifier proofs, WorkBudget budget)
    {
        var found = new Dictionary<string, IssuerKey>();
        var report = await proofs.VerifyAsync(
            JsonMarshal.GetRawUtf8Value(signed.Credential).ToArray(), MethodAsync, budget);
        return report switch
        {
            { Outcome: ProofOutcome.Good, VerifiedDocument: { } document } =>
                (ProofCheck.Good(report.Proofs[0].Proof.SuiteName), new ProvenCredential(document, signed)),
            { Outcome: ProofOutcome.Bad } => (ProofCheck.Bad, null),
            { Outcome: ProofOutcome.Unsupported } => (ProofCheck.NotKnown, null),
            { Outcome: ProofOutcome.Malformed } => (ProofCheck.Malformed, null),
            { Outcome: ProofOutcome.UnknownKey or ProofOutcome.NotIssuers } =>
                (ProofCheck.Key(found.Values.LastOrDefault(k => k is not IssuerKey.Found) ?? IssuerKey.Refused.OtherIssuer), null),
            _ => throw new InvalidOperationException($"{report.Outcome} is no outcome."),
        };

        async ValueTask<VerificationMethod?> MethodAsync(string id, CancellationToken _)
        {
            if (!found.TryGetValue(id, out var key))
            {
                found[id] = key = found.Count < Issuer.MaxKeys ? await issuer.KeyByMethodAsync(id, budget) : IssuerKey.Unknown.Unreachable;
            }

            return key is IssuerKey.Found its ? new VerificationMethod(id, issuer.Id, its.Key) : null;
        }
    }
}
