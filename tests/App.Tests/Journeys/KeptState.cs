using Azure.Data.Tables;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>What the hub keeps, read past the hub.</summary>
internal sealed class KeptState(HubProcess hub)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HubStorage Storage => hub.Storage;

    private QueueClient[] Queues => [Storage.DeliveryMessages, Storage.AwardMessages, Storage.MailMessages];

    public Task<List<TableEntity>> AwardsAsync() =>
        Storage.Awards.QueryAsync<TableEntity>("RowKey eq 'award'", cancellationToken: Cancel).ToListAsync(Cancel).AsTask();

    /// <summary>The awards of which something signed is kept.</summary>
    public Task<List<string>> SignedAsync() => Storage.Awards
        .QueryAsync<TableEntity>("RowKey eq 'award-signed'", select: ["PartitionKey"], cancellationToken: Cancel)
        .Select(r => r.PartitionKey)
        .ToListAsync(Cancel)
        .AsTask();

    public async Task<int> HistoryLinesAsync() => await Storage.Awards
        .QueryAsync<TableEntity>("RowKey ge 'history-' and RowKey lt 'history-~'", select: ["RowKey"], cancellationToken: Cancel)
        .CountAsync(Cancel);

    public Task<List<TableEntity>> StatusEntriesAsync() =>
        Storage.StatusEntries
            .QueryAsync<TableEntity>(cancellationToken: Cancel)
            .Where(r => r.RowKey != "current")
            .ToListAsync(Cancel)
            .AsTask();

    /// <summary>What became of each delivery, without the rows to find one by.</summary>
    public Task<List<TableEntity>> DeliveriesAsync() =>
        Storage.Deliveries
            .QueryAsync<TableEntity>(cancellationToken: Cancel)
            .Where(r => !r.RowKey.StartsWith("id|", StringComparison.Ordinal))
            .ToListAsync(Cancel)
            .AsTask();

    public async Task<string[]> BadgeFilesAsync() =>
        await Storage.BadgeBlobs.GetBlobsAsync(cancellationToken: Cancel).Select(b => b.Name).ToArrayAsync(Cancel);

    public async Task<byte[]> PngAsync(string awardId) =>
        (await Storage.BadgeBlobs.GetBlobClient($"{awardId}/badge.png").DownloadContentAsync(Cancel)).Value.Content.ToArray();

    public async Task<bool> IsNotifiedAsync(int count)
    {
        var notified = Storage.Awards.QueryAsync<TableEntity>("State eq 'Notified'", select: ["RowKey"], cancellationToken: Cancel);
        return await notified.CountAsync(Cancel) == count;
    }

    /// <summary>How many messages wait or are in hand before the mail queue.</summary>
    public async Task<int> WaitingAsync() => await CountAsync(Storage.DeliveryMessages) + await CountAsync(Storage.AwardMessages);

    /// <summary>No message waits or is in hand.</summary>
    public async Task<bool> IsAtRestAsync() => (await Task.WhenAll(Queues.Select(CountAsync))).Sum() == 0;

    public async Task<int> PoisonedAsync() =>
        (await Task.WhenAll(Queues.Select(q => CountAsync(hub.Queues.GetQueueClient(q.Name + "-poison"))))).Sum();

    private static async Task<int> CountAsync(QueueClient queue) =>
        await queue.ExistsAsync(Cancel) ? (await queue.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount : 0;
}
