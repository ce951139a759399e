using CitiesOfLearning.Hub.Verification.Fetching;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// Looks up in an issuer's own signed lists whether a badge still stands
/// (https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm).
/// Whatever goes wrong is "could not check".
/// </summary>
public sealed class ForeignStatus(DocumentFetcher fetcher, ForeignProofs proofs, TimeProvider time)
{
    // A badge has one or two; each costs a request.
    private const int MaxEntries = 4;

    private static readonly string[] WorstFirst = ["set", "unreachable", "stale", "ok"];

    internal async Task CheckAsync(BadgeCredential credential, ReportBuilder report, CancellationToken cancellationToken)
    {
        // An entry that cannot be read may be of any purpose.
        if (credential.Status.Count > MaxEntries || credential.Status.Any(e => e.List is null))
        {
            report.Unknown(StatusPurposes.Revocation, "otherKind");
            report.Unknown(StatusPurposes.Suspension, "otherKind");
            return;
        }

        foreach (var purpose in StatusPurposes.All)
        {
            var places = credential.Status.Where(e => e.Purpose == purpose).Select(e => e.List!).ToArray();
            var found = await Task.WhenAll(places.Select(p => StandsAsync(p, purpose, credential.Issuer, cancellationToken)));
            if (found.Length == 0)
            {
                report.Pass(purpose, "noList");
                continue;
            }

            // The worst answer counts; it is dated as the oldest, so that no answer looks fresher than it is.
            var worst = found.MinBy(f => Array.IndexOf(WorstFirst, f.TextKey));
            var outcome = worst.TextKey switch
            {
                "set" => CheckOutcome.Fail,
                "ok" => CheckOutcome.Pass,
                _ => CheckOutcome.Unknown,
            };
            report.Add(purpose, outcome, worst.TextKey, found.Min(f => f.At));
        }
    }

    private async Task<(string TextKey, DateTimeOffset At)> StandsAsync(
        StatusPlace statusListRef, string purpose, string issuer, CancellationToken cancellationToken)
    {
        if (await fetcher.FetchAsync(statusListRef.List, cancellationToken) is not Fetched.Found found
            || SignedCredential.Of(CredentialFile.Read(found.Body)) is not { Conflict: null } signed
            || (await proofs.CheckAsync(signed, issuer, cancellationToken)).Outcome != CheckOutcome.Pass
            || !JwtClaims.Hold(signed.Payload, issuer, time.GetUtcNow())
            || ForeignStatusList.Read(signed.Credential, statusListRef.List, purpose, issuer) is not { } list
            || statusListRef.Index >= list.Bits.Length)
        {
            return ("unreachable", time.GetUtcNow());
        }

        var now = time.GetUtcNow();
        var isStale = list.ValidFrom > now + ValidityPeriod.Tolerance || list.ValidUntil + ValidityPeriod.Tolerance < now;
        return (isStale ? "stale" : list.Bits.Get(statusListRef.Index) ? "set" : "ok", found.At);
    }
}
