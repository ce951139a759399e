using System.Diagnostics.Metrics;
using Azure;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>
/// Every award, how far it has come, and its history. Each change is conditional, so a message that comes twice changes nothing twice.
/// </summary>
public sealed class AwardTable(HubStorage storage)
{
    private static readonly Counter<long> Changes = HubTelemetry.Meter.CreateCounter<long>(
        "hub.award.changes", "{change}", "What happened to awards");

    // No part of an award: whatever is written of it next takes this column away.
    private const string AskedAgain = "AskedAgainAt";

    /// <summary>Writes an award down for the first time. False if it was there already; then nothing changed.</summary>
    public async Task<bool> AddAsync(Transition.Changed decided, CancellationToken cancellationToken)
    {
        try
        {
            await storage.Awards.SubmitTransactionAsync(
                [new(TableTransactionActionType.Add, AwardRow.Write(decided.Award)), .. Line(decided)], cancellationToken);
            Count(decided);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    /// <param name="awardId">As in an address: it may be no id at all.</param>
    public async Task<Award?> FindAsync(string awardId, CancellationToken cancellationToken) =>
        AwardId.TryParse(awardId, out var id) ? await FindAsync(id, cancellationToken) : null;

    public async Task<Award?> FindAsync(AwardId awardId, CancellationToken cancellationToken)
    {
        var row = await storage.Awards.GetEntityIfExistsAsync<TableEntity>(
            awardId.ToString(), AwardRow.Key, cancellationToken: cancellationToken);
        return row.HasValue ? AwardRow.Read(row.Value!) : null;
    }

    /// <summary>
    /// Awards that are still to be issued, or whose learner is still to be written to, though nobody has touched them for a while. Reads
    /// the whole table.
    /// </summary>
    /// <param name="untouched">Since when.</param>
    /// <param name="unasked">Since when nobody has said <see cref="AskedAgainAsync"/>.</param>
    public IAsyncEnumerable<Award> UnfinishedAsync(DateTimeOffset untouched, DateTimeOffset unasked, CancellationToken cancellationToken)
    {
        var (decided, issued) = (nameof(AwardState.Decided), nameof(AwardState.Issued));
        return storage.Awards
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"RowKey eq {AwardRow.Key} and (State eq {decided} or State eq {issued}) and Timestamp lt {untouched}"),
                cancellationToken: cancellationToken)
            .Where(row => !(row.GetDateTimeOffset(AskedAgain) >= unasked))
            .Select(AwardRow.Read)
            .Where(award => award.WantsIssue || award.WantsMail);
    }

    /// <summary>Remembers that the next step was asked for again, until the award moves.</summary>
    public async Task AskedAgainAsync(Award award, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            await storage.Awards.UpdateEntityAsync(
                new TableEntity(award.Id.ToString(), AwardRow.Key) { [AskedAgain] = at },
                award.ETag,
                TableUpdateMode.Merge,
                cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // It moved meanwhile.
        }
    }

    /// <summary>An award with what happened to it, oldest first; null if there is none.</summary>
    /// <param name="awardId">As in an address: it may be no id at all.</param>
    public async Task<(Award Award, IReadOnlyList<AwardEvent> History)?> FindWithHistoryAsync(
        string awardId, CancellationToken cancellationToken)
    {
        if (!AwardId.TryParse(awardId, out var id))
        {
            return null;
        }

        var rows = await storage.Awards
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {id.ToString()} and (RowKey eq {AwardRow.Key} or RowKey ge {AwardRow.HistoryPrefix})"),
                cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        return rows.Find(r => r.RowKey == AwardRow.Key) is { } award
            ? (AwardRow.Read(award), [.. rows.Where(r => r != award).Select(AwardRow.ReadEvent)])
            : null;
    }

    /// <summary>What was signed; null if nothing is yet.</summary>
    public async Task<SignedForms?> SignedAsync(AwardId awardId, CancellationToken cancellationToken)
    {
        var row = await storage.Awards.GetEntityIfExistsAsync<TableEntity>(
            awardId.ToString(), AwardRow.SignedKey, cancellationToken: cancellationToken);
        return row.HasValue ? AwardRow.ReadSigned(row.Value!) : null;
    }

    /// <summary>An issued award with what was signed, in one call; null if there is none.</summary>
    /// <param name="awardId">As in an address: it may be no id at all.</param>
    public async Task<(Award Award, SignedForms Signed)?> IssuedAsync(string awardId, CancellationToken cancellationToken)
    {
        if (!AwardId.TryParse(awardId, out var id))
        {
            return null;
        }

        var rows = await storage.Awards
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {id.ToString()} and RowKey ge {AwardRow.Key} and RowKey le {AwardRow.SignedKey}"),
                cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        return rows is [var award, var signed] ? (AwardRow.Read(award), AwardRow.ReadSigned(signed)) : null;
    }

    /// <summary>What happened to an award, oldest first.</summary>
    public async Task<IReadOnlyList<AwardEvent>> HistoryAsync(AwardId awardId, CancellationToken cancellationToken)
    {
        var (from, until) = (AwardRow.HistoryPrefix, AwardRow.HistoryPrefix + "~");
        return await storage.Awards
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {awardId.ToString()} and RowKey ge {from} and RowKey lt {until}"),
                cancellationToken: cancellationToken)
            .Select(AwardRow.ReadEvent)
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Makes a transition of the award as it was read; again, as it is now, if somebody else changed it since.
    /// </summary>
    /// <returns>What came of it; what changed is written.</returns>
    public Task<Transition> ChangeAsync(Award award, Func<Award, Transition> transition, CancellationToken cancellationToken) =>
        ChangeAsync(award, transition, null, cancellationToken);

    /// <summary>Issues the award with what was signed for it: whoever is first, and what they signed is the badge.</summary>
    public Task<Transition> IssueAsync(Award award, SignedForms signed, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync(award, now => now.Issue(at), signed, cancellationToken);

    private async Task<Transition> ChangeAsync(
        Award award, Func<Award, Transition> transition, SignedForms? signed, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = transition(award);
            if (result is not Transition.Changed changed)
            {
                return result;
            }

            if (await WriteAsync(changed, signed, cancellationToken) is { } etag)
            {
                Count(changed);
                return changed with { Award = changed.Award with { ETag = etag } };
            }

            award = await FindAsync(award.Id, cancellationToken)
                ?? throw new InvalidOperationException($"Award {award.Id} has gone.");
        }
    }

    /// <inheritdoc cref="ChangeAsync(Award, Func{Award, Transition}, CancellationToken)"/>
    /// <returns>What came of it; null if there is no such award.</returns>
    public async Task<Transition?> ChangeAsync(AwardId awardId, Func<Award, Transition> transition, CancellationToken cancellationToken) =>
        await FindAsync(awardId, cancellationToken) is { } award ? await ChangeAsync(award, transition, cancellationToken) : null;

    /// <summary>The row's next version; null if somebody else changed it since it was read.</summary>
    private async Task<ETag?> WriteAsync(Transition.Changed changed, SignedForms? signed, CancellationToken cancellationToken)
    {
        var row = AwardRow.Write(changed.Award);
        try
        {
            if (changed.Event is null)
            {
                var replaced = await storage.Awards.UpdateEntityAsync(
                    row, changed.Award.ETag, TableUpdateMode.Replace, cancellationToken);
                return replaced.Headers.ETag;
            }

            var written = await storage.Awards.SubmitTransactionAsync(
                [new(TableTransactionActionType.UpdateReplace, row, changed.Award.ETag), .. Line(changed), .. Signed(changed, signed)],
                cancellationToken);
            return written.Value[0].Headers.ETag;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return null;
        }
    }

    private static IEnumerable<TableTransactionAction> Signed(Transition.Changed changed, SignedForms? signed) =>
        signed is null ? [] : [new(TableTransactionActionType.Add, AwardRow.Write(changed.Award.Id, signed))];

    private static IEnumerable<TableTransactionAction> Line(Transition.Changed changed) => changed.Event is { } line
        ? [new(TableTransactionActionType.Add, AwardRow.Write(changed.Award.Id, changed.Award.Events, line))]
        : [];

    private static void Count(Transition.Changed changed)
    {
        if (changed.Event is { } line)
        {
            Changes.Add(1, new("what", line.What.ToString()), new("city", changed.Award.City.ToString()));
        }
    }
}
