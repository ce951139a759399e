using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// Looks up in the issuer's own signed lists whether a badge still stands
/// (https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm). Whatever goes wrong is "could not check".
/// </summary>
internal static class StatusCheck
{
    // A badge has one or two; each may cost a request.
    private const int MaxEntries = 4;

    public static async Task RunAsync(
        BadgeCredential badge, Issuer issuer, ReportBuilder report, TimeProvider time, WorkBudget budget)
    {
        // An entry that cannot be read may be of any purpose.
        if (badge.Status.Count > MaxEntries || badge.Status.Any(e => e.List is null))
        {
            report.Unknown(StatusPurposes.Revocation, "otherKind");
            report.Unknown(StatusPurposes.Suspension, "otherKind");
            return;
        }

        foreach (var purpose in StatusPurposes.All)
        {
            var found = await Task.WhenAll(
                issuer.PlacesOf(badge, purpose).Select(p => StandsAsync(p, purpose, issuer, time, budget)));
            if (found.Length == 0)
            {
                report.Pass(purpose, "noList");
                continue;
            }

            // The worst answer counts; it is dated as the oldest, so that no answer looks fresher than it is.
            var worst = found.MinBy(f => f.Outcome switch { CheckOutcome.Fail => 0, CheckOutcome.Unknown => 1, _ => 2 });
            report.Add(purpose, worst.Outcome, worst.TextKey, found.Min(f => f.At));
        }
    }

    private static async Task<(CheckOutcome Outcome, string TextKey, DateTimeOffset At)> StandsAsync(
        StatusPlace place, string purpose, Issuer issuer, TimeProvider time, WorkBudget budget)
    {
        var answer = await ListAsync(place, purpose, issuer, budget);
        var now = time.GetUtcNow();
        return answer switch
        {
            StatusListAnswer.Found list when place.Index >= list.Bits.Length => (CheckOutcome.Unknown, "tooShort", list.At),
            StatusListAnswer.Found list when list.ValidFrom - ValidityPeriod.Tolerance > now
                || list.ValidUntil + ValidityPeriod.Tolerance < now => (CheckOutcome.Unknown, "stale", list.At),
            // Whatever else is wrong with it: the issuer has said so.
            StatusListAnswer.Found list when list.Bits.Get(place.Index) => (CheckOutcome.Fail, "set", list.At),
            StatusListAnswer.Found { Bits.IsShort: true } list => (CheckOutcome.Unknown, "tooShort", list.At),
            StatusListAnswer.Found list => (CheckOutcome.Pass, "ok", list.At),
            StatusListAnswer.Unknown unknown => (CheckOutcome.Unknown, unknown.TextKey, now),
            _ => throw new InvalidOperationException($"{answer} is no answer."),
        };
    }

    private static async Task<StatusListAnswer> ListAsync(StatusPlace place, string purpose, Issuer issuer, WorkBudget budget)
    {
        try
        {
            return await issuer.ListAsync(place.List, purpose, budget);
        }
        catch (WorkBudgetException)
        {
            return StatusListAnswer.Unknown.TooMuch;
        }
        catch (Exception e) when (e.IsAbsence())
        {
            return StatusListAnswer.Unknown.Unreachable;
        }
    }
}
