using System.Diagnostics;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;
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
    AwardTable awards,
    StatusPublisher publisher,
    HubStorage storage,
    TimeProvider time,
    ILogger<Stewardship> logger)
{
    /// <summary>How much a steward may write to say why.</summary>
    public const int MaxReasonCharacters = 500;

    // Long enough for the request itself to be done first.
    private static readonly TimeSpan RepairDelay = TimeSpan.FromSeconds(30);

    public Task<StewardResult> RevokeAsync(CityId city, AwardId awardId, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(city, awardId, award => award.Revoke(time.GetUtcNow(), reason), cancellationToken);

    public Task<StewardResult> SuspendAsync(CityId city, AwardId awardId, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(city, awardId, award => award.Suspend(time.GetUtcNow(), reason), cancellationToken);

    public Task<StewardResult> ResumeAsync(CityId city, AwardId awardId, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(city, awardId, award => award.Resume(time.GetUtcNow(), reason), cancellationToken);

    /// <summary>
    /// Does what a steward's request leaves undone if its process dies: the status lists and the audit are made to say what the award says.
    /// </summary>
    public async Task RepairAsync(Award award, CancellationToken cancellationToken)
    {
        if (!await publisher.PublishAsync(award, cancellationToken))
        {
            return;
        }

        foreach (var line in (await awards.HistoryAsync(award.Id, cancellationToken)).Where(line => line.By == AwardActor.Steward))
        {
            await AuditAsync(award, line, cancellationToken);
        }
    }

    private async Task<StewardResult> ChangeAsync(
        CityId city, AwardId awardId, Func<Award, Transition> transition, CancellationToken cancellationToken)
    {
        if (await awards.FindAsync(awardId, cancellationToken) is not { } found || found.City != city)
        {
            return StewardResult.NotFound;
        }

        return await HubTelemetry.StageAsync(
            HubTelemetry.Steward,
            ActivityKind.Internal,
            found.TraceParent,
            [new("award", awardId.ToString())],
            () => ChangeAsync(found, transition, cancellationToken));
    }

    private async Task<StewardResult> ChangeAsync(
        Award found, Func<Award, Transition> transition, CancellationToken cancellationToken)
    {
        // If the process dies between the row and the lists, this message publishes them. It goes even when the row says so already: who
        // asks again may be asking because the lists do not.
        if (transition(found) is not Transition.Refused)
        {
            await storage.SendAsync(new AwardMessage.PublishStatus(found.Id), RepairDelay, cancellationToken);
        }

        var result = await awards.ChangeAsync(found, transition, cancellationToken);
        if (result is Transition.Refused)
        {
            return StewardResult.NotPossible;
        }

        await publisher.PublishAsync(result.Award, cancellationToken);
        if (result is Transition.Changed { Event: { } line })
        {
            await AuditAsync(result.Award, line, cancellationToken);
            Log.Changed(logger, found.Id, line.What);
        }

        return StewardResult.Done;
    }

    private Task AuditAsync(Award award, AwardEvent line, CancellationToken cancellationToken)
    {
        var row = new TableEntity($"{award.City}-{line.At:yyyyMM}", $"{line.At.UtcTicks:D19}-{award.Id}-{line.What}")
        {
            ["Award"] = award.Id.ToString(),
            ["What"] = line.What.ToString(),
            ["At"] = line.At
        };
        return storage.Audit.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Award {AwardId} was {What}")]
        public static partial void Changed(ILogger logger, AwardId awardId, AwardEventKind what);
    }
}
