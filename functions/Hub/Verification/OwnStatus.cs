using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>Looks up in our own cities' status lists whether a badge still stands.</summary>
public sealed class OwnStatus(StatusReader status, HubUrls urls, TimeProvider time)
{
    internal async Task CheckAsync(BadgeCredential credential, CityId city, ReportBuilder report, CancellationToken cancellationToken)
    {
        var statusListRef = credential.Status.Count == 1 ? credential.Status[0].List : null;
        foreach (var purpose in StatusPurposes.All)
        {
            // The entry names the revocation list; the suspension list beside it has the same number and index (docs/adr/0005).
            var list = statusListRef is not null && ListNumber(statusListRef.List, city) is { } number
                ? await ListAsync(city, purpose, number, cancellationToken)
                : null;
            if (list is null || statusListRef!.Index >= list.Bits.Length)
            {
                report.Unknown(purpose, "unreachable");
            }
            else if (list.ValidUntil < time.GetUtcNow())
            {
                report.Unknown(purpose, "stale");
            }
            else
            {
                var set = list.Bits.Get(statusListRef.Index);
                report.Add(purpose, set ? CheckOutcome.Fail : CheckOutcome.Pass, set ? "set" : "ok", list.ReadAt);
            }
        }
    }

    private async Task<TrustedStatusList?> ListAsync(CityId city, string purpose, int number, CancellationToken cancellationToken)
    {
        try
        {
            return await status.FindAsync(city, purpose, number, cancellationToken);
        }
        catch (Exception e) when (e.IsAbsence())
        {
            return null;
        }
    }

    private int? ListNumber(string list, CityId city)
    {
        var prefix = urls.StatusList(city, StatusPurposes.Revocation, 0)[..^1];
        return list.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(list[prefix.Length..], out var number) ? number : null;
    }
}
