using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>Every award and how far it has come. Each change is conditional, so a message that comes twice changes nothing twice.</summary>
public sealed class AwardTable(HubStorage storage, LearnerTable learners, TimeProvider time)
{
    /// <summary>Records that the badge was earned and asks for its credential. True if it was not recorded before.</summary>
    public async Task<bool> DecideAsync(AwardDecision.Award decision, CancellationToken cancellationToken)
    {
        var completion = decision.Completion;
        await learners.RememberAsync(completion.City, decision.Learner, decision.AwardId, cancellationToken);
        var award = new Award(
            decision.AwardId,
            completion.City,
            decision.Badge,
            decision.BadgeVersion,
            decision.Provider,
            completion.Source,
            decision.Learner.Key,
            decision.Learner.Language,
            completion.OccurredAt.ToUniversalTime(),
            decision.Evidence,
            completion.Score,
            AwardState.Decided,
            AwardStanding.Good,
            IsPublic: false,
            StatusList: null,
            StatusIndex: null,
            [new AwardEvent(time.GetUtcNow(), "decided", null)]);

        var added = await storage.Awards.AddIfAbsentAsync(AwardRow.Write(award), cancellationToken);

        // Asked again while it waits: the process may have died between the row and the message.
        if (added || await FindAsync(award.Id, cancellationToken) is { State: AwardState.Decided })
        {
            await storage.AwardMessages.SendMessageAsync(new AwardMessage(award.Id).Write(), cancellationToken);
        }

        return added;
    }

    /// <param name="awardId">As in an address: it may be no id at all.</param>
    public async Task<Award?> FindAsync(string awardId, CancellationToken cancellationToken) =>
        AwardId.TryParse(awardId, out var id) ? await FindAsync(id, cancellationToken) : null;

    public async Task<Award?> FindAsync(AwardId awardId, CancellationToken cancellationToken)
    {
        var row = await storage.Awards.GetEntityIfExistsAsync<TableEntity>(
            AwardRow.Partition(awardId), awardId.ToString(), cancellationToken: cancellationToken);
        return row.HasValue ? AwardRow.Read(row.Value!) : null;
    }

    /// <summary>
    /// Applies a change to the award as it is now, again if somebody else changed it in between. <paramref name="change"/> returns null
    /// if nothing is to be done.
    /// </summary>
    /// <returns>The award as it is afterwards, or null if there is none.</returns>
    public async Task<Award?> ChangeAsync(AwardId awardId, Func<Award, Award?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(awardId, cancellationToken) is not { } award)
            {
                return null;
            }

            if (change(award) is not { } changed)
            {
                return award;
            }

            if (await storage.Awards.ReplaceIfUnchangedAsync(AwardRow.Write(changed), award.ETag, cancellationToken))
            {
                return changed;
            }
        }
    }

    /// <summary>The award with one more line of history.</summary>
    public Award Record(Award award, string what, string? reason = null) =>
        award with { History = [.. award.History, new AwardEvent(time.GetUtcNow(), what, reason)] };
}
