using System.Globalization;
using Azure;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Claims;

/// <summary>
/// Limits wrong tries by the hour, counted in table Claims so that every instance of the app shares the count. By what is tried, so that
/// nobody's tries stop anybody else, and never by network: behind the Functions host the app does not see the client's address.
/// </summary>
public sealed class AttemptLimits(HubStorage storage, HubIds ids, TimeProvider time)
{
    public const int WrongInAnHour = 10;

    private const string Prefix = "tries-";
    private const int MaxInTransaction = 100;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Takes one try before it is made, so that many at once cannot slip through.</summary>
    /// <returns>The try, to be given back if it was right; or how long to wait.</returns>
    public async Task<(Attempt? Taken, TimeSpan Wait)> TakeAsync(string what, CancellationToken cancellationToken)
    {
        // The hash keeps codes and addresses out of the table.
        var hash = ids.SecretHash("tries", what);
        var partition = $"{Partitions(time.GetUtcNow())}-{hash[..2]}";
        var first = new Attempt(partition, hash, 1);
        if (await storage.Claims.AddIfAbsentAsync(first.Row(), cancellationToken))
        {
            return (first, default);
        }

        while (true)
        {
            var row = await storage.Claims.GetEntityIfExistsAsync<TableEntity>(partition, hash, cancellationToken: cancellationToken);
            var taken = new Attempt(partition, hash, row.HasValue ? row.Value!.GetInt32("Count")!.Value + 1 : 1);
            if (taken.Count > WrongInAnHour)
            {
                return (null, TimeSpan.FromTicks(Window.Ticks - (time.GetUtcNow().UtcTicks % Window.Ticks)));
            }

            if (row.HasValue
                ? await storage.Claims.ReplaceIfUnchangedAsync(taken.Row(), row.Value!.ETag, cancellationToken)
                : await storage.Claims.AddIfAbsentAsync(taken.Row(), cancellationToken))
            {
                return (taken, default);
            }
        }
    }

    /// <summary>The try was a right one, and so the wrong ones before it do not count either.</summary>
    public Task GiveBackAsync(Attempt attempt, CancellationToken cancellationToken) =>
        storage.Claims.DeleteEntityAsync(attempt.Partition, attempt.Hash, ETag.All, cancellationToken);

    /// <summary>Deletes the counts of hours that are over.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        var over = TableClient.CreateQueryFilter($"PartitionKey ge {Prefix} and PartitionKey lt {Partitions(time.GetUtcNow())}");
        var deletions = new List<TableTransactionAction>();
        await foreach (var row in storage.Claims.QueryAsync<TableEntity>(
            over, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            if (deletions.Count == MaxInTransaction || (deletions is [var first, ..] && first.Entity.PartitionKey != row.PartitionKey))
            {
                await storage.Claims.SubmitTransactionAsync(deletions, cancellationToken);
                deletions.Clear();
            }

            deletions.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
        }

        if (deletions.Count > 0)
        {
            await storage.Claims.SubmitTransactionAsync(deletions, cancellationToken);
        }
    }

    // In the order of time, for what is over is deleted by the hour.
    private static string Partitions(DateTimeOffset now) =>
        Prefix + (now.UtcTicks / Window.Ticks).ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>A try that was counted.</summary>
    public sealed record Attempt(string Partition, string Hash, int Count)
    {
        internal TableEntity Row() => new(Partition, Hash) { ["Count"] = Count };
    }
}
