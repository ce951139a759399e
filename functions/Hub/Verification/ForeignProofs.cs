using System.Runtime.InteropServices;
using System.Text.Json;
using CitiesOfLearning.Hub.Verification.Issuers;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>What the check of a proof came to.</summary>
/// <param name="Check">proof or key.</param>
/// <param name="TextKey">The sentence after <c>Check.{Check}.</c></param>
internal readonly record struct ProofCheck(CheckOutcome Outcome, string Check, string TextKey)
{
    public static ProofCheck Good { get; } = new(CheckOutcome.Pass, "proof", "ok");

    public static ProofCheck Bad { get; } = new(CheckOutcome.Fail, "proof", "badSignature");

    public static ProofCheck None { get; } = new(CheckOutcome.Fail, "proof", "none");

    public static ProofCheck Forbidden { get; } = new(CheckOutcome.Fail, "proof", "unsupported");

    public static ProofCheck NotKnown { get; } = new(CheckOutcome.Unknown, "proof", "unsupported");
}

/// <summary>Checks what third parties signed, badges and status lists, with keys that belong to their issuer.</summary>
public sealed class ForeignProofs(IssuerKeys keys, ProofVerifier proofs)
{
    // An issuer signs with one or two; each may cost a request to a server that the issuer chooses.
    private const int MaxKeys = 3;

    internal async Task<ProofCheck> CheckAsync(SignedCredential signed, string issuer, CancellationToken cancellationToken) =>
        signed.Jwt is { } jwt ? await CheckAsync(jwt, issuer, cancellationToken)
        : signed.Credential.Member("proof") is null ? ProofCheck.None
        : await CheckAsync(signed.Credential, issuer, cancellationToken);

    private async Task<ProofCheck> CheckAsync(JsonElement credential, string issuer, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, IssuerKey>();
        var report = await proofs.VerifyAsync(JsonMarshal.GetRawUtf8Value(credential).ToArray(), MethodAsync, cancellationToken);
        return report.Outcome switch
        {
            ProofOutcome.Good => ProofCheck.Good,
            ProofOutcome.Bad => ProofCheck.Bad,
            ProofOutcome.Unsupported => ProofCheck.NotKnown,
            _ => found.Values.LastOrDefault(k => k is not IssuerKey.Found) switch
            {
                IssuerKey.Refused refused => new ProofCheck(CheckOutcome.Fail, "key", refused.TextKey),
                IssuerKey.Unknown unknown => new ProofCheck(CheckOutcome.Unknown, "key", unknown.TextKey),
                _ => new ProofCheck(CheckOutcome.Fail, "key", IssuerKey.Refused.OtherIssuer.TextKey),
            },
        };

        async ValueTask<VerificationMethod?> MethodAsync(string id, CancellationToken cancel)
        {
            if (!found.TryGetValue(id, out var key))
            {
                found[id] = key = found.Count < MaxKeys ? await keys.FindAsync(id, issuer, cancel) : IssuerKey.Unknown.Unreachable;
            }

            return key is IssuerKey.Found its ? new VerificationMethod(id, issuer, its.Key) : null;
        }
    }

    // RFC 7515, 5.2 and RFC 8725, 3.1, as in SignatureChecker. Nothing is fetched for a token that cannot be accepted whatever the key.
    private async Task<ProofCheck> CheckAsync(UnverifiedJwt jwt, string issuer, CancellationToken cancellationToken)
    {
        switch (jwt.Header.Algorithm)
        {
            case "ES256" or "ES384" or "RS256" or "EdDSA" or "Ed25519" when !jwt.Header.HasCritical:
                break;
            case null or "none" or "HS256" or "HS384" or "HS512":
                return ProofCheck.Forbidden;
            default:
                return ProofCheck.NotKnown;
        }

        return await keys.FindByKeyIdAsync(jwt.Header.KeyId, issuer, cancellationToken) switch
        {
            IssuerKey.Found { Key: var key } =>
                !key.HasAlgorithm(jwt.Header.Algorithm) ? ProofCheck.Forbidden
                : jwt.IsSignedBy(key) ? ProofCheck.Good
                : ProofCheck.Bad,
            IssuerKey.Refused refused => new ProofCheck(CheckOutcome.Fail, "key", refused.TextKey),
            IssuerKey.Unknown unknown => new ProofCheck(CheckOutcome.Unknown, "key", unknown.TextKey),
            var other => throw new InvalidOperationException($"{other} is no answer."),
        };
    }
}
