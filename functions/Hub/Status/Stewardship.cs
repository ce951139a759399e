using Azure.Data.Tables;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.OpenBadges.Status;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Status;

/// <summary>What became of a steward's request.</summary>
public enum StewardResult
{
    Done,

    /// <summary>The city has no such award.</summary>
    NotFound,

    /// <summary>The award's standing does not allow it: a revoked badge stays revoked.</summary>
    NotPossible,
}

/// <summary>What a steward may do to an award: revoke it, suspend it for a while, and resume it.</summary>
public sealed partial class Stewardship(
    AwardTable awards, StatusEntryTable entries, StatusLists lists, StatusReader reader, HubStorage storage, ILogger<Stewardship> logger)
{
    /// <summary>How much a steward may write to say why.</summary>
    public const int MaxReasonCharacters = 500;

    // Long enough for the request itself to be done first.
    private static readonly TimeSpan RepairDelay = TimeSpan.FromSeconds(30);

    public Task<StewardResult> RevokeAsync(CityId city, AwardId awardId, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(city, awardId, "revoked", reason, standing => AwardStanding.Revoked, cancellationToken);

    public Task<StewardResult> SuspendAsync(CityId city, AwardId awardId, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(
            city,
            awardId,
            "suspended",
            reason,
            standing => standing == AwardStanding.Revoked ? null : AwardStanding.Suspended,
            cancellationToken);

    public Task<StewardResult> ResumeAsync(CityId city, AwardId awardId, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(
            city, awardId, "resumed", reason, standing => standing == AwardStanding.Revoked ? null : AwardStanding.Good, cancellationToken);

    /// <summary>Brings the published status lists into line with the award. Repeating it is harmless.</summary>
    public async Task PublishStandingAsync(Award award, CancellationToken cancellationToken)
    {
        if (award is not { StatusList: { } list, StatusIndex: not null })
        {
            return;
        }

        // Another steward may change the award in between: whoever marks last marks what the row says.
        AwardStanding marked;
        do
        {
            marked = award.Standing;
            await entries.MarkAsync(award, cancellationToken);
            award = (await awards.FindAsync(award.Id, cancellationToken))!;
        }
        while (award.Standing != marked);

        foreach (var purpose in StatusPurposes.All)
        {
            await lists.PublishAsync(award.City, purpose, list, cancellationToken);
            reader.Forget(award.City, purpose, list);
        }
    }

    private async Task<StewardResult> ChangeAsync(
        CityId city,
        AwardId awardId,
        string what,
        string reason,
        Func<AwardStanding, AwardStanding?> next,
        CancellationToken cancellationToken)
    {
        if (await awards.FindAsync(awardId, cancellationToken) is not { } found || found.City != city)
        {
            return StewardResult.NotFound;
        }

        if (next(found.Standing) is null)
        {
            return StewardResult.NotPossible;
        }

        // If the process dies between the row and the lists, this message publishes them.
        await storage.AwardMessages.SendMessageAsync(new AwardMessage(awardId).Write(), RepairDelay, cancellationToken: cancellationToken);
        var changed = await awards.ChangeAsync(
            awardId,
            now => next(now.Standing) is { } standing && standing != now.Standing
                ? awards.Record(now, what, reason) with { Standing = standing }
                : null,
            cancellationToken);
        await PublishStandingAsync(changed!, cancellationToken);
        if (next(changed!.Standing) is null)
        {
            // Revoked by somebody else in between.
            return StewardResult.NotPossible;
        }

        await AuditAsync(changed, what, cancellationToken);
        Log.Changed(logger, awardId, what);
        return StewardResult.Done;
    }

    private async Task AuditAsync(Award award, string what, CancellationToken cancellationToken)
    {
        // Asked again, it is the same line; what changed nothing, because a good award was resumed, leaves none.
        if (award.History.LastOrDefault(e => e.What == what) is not { At: var at })
        {
            return;
        }

        var row = new TableEntity($"{award.City}-{at:yyyyMM}", $"{at.UtcTicks:D19}-{award.Id}-{what}")
        {
            ["Award"] = award.Id.ToString(),
            ["What"] = what,
            ["At"] = at
        };
        await storage.Audit.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Award {AwardId} was {What}")]
        public static partial void Changed(ILogger logger, AwardId awardId, string what);
    }
}
