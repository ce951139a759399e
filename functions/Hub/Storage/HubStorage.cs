using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Telemetry;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>
/// The hub's state: every table, container and queue by its name, as in docs/architecture.md. Azure Storage holds all of it.
/// </summary>
public sealed class HubStorage(TableServiceClient tables, BlobServiceClient blobs, QueueServiceClient queues)
{
    public const string DeliveriesQueue = "deliveries";
    public const string AwardsQueue = "awards";
    public const string MailQueue = "mail";

    // Azure forgets a message after seven days unless it is told otherwise.
    private static readonly TimeSpan ForEver = TimeSpan.FromSeconds(-1);

    public TableClient Deliveries { get; } = tables.GetTableClient("Deliveries");
    public TableClient Awards { get; } = tables.GetTableClient("Awards");
    public TableClient Learners { get; } = tables.GetTableClient("Learners");
    public TableClient Identifiers { get; } = tables.GetTableClient("Identifiers");
    public TableClient Questions { get; } = tables.GetTableClient("Questions");
    public TableClient Claims { get; } = tables.GetTableClient("Claims");
    public TableClient StatusEntries { get; } = tables.GetTableClient("StatusEntries");
    public TableClient Audit { get; } = tables.GetTableClient("Audit");
    public TableClient Mailboxes { get; } = tables.GetTableClient("Mailboxes");
    public TableClient Upkeep { get; } = tables.GetTableClient("Upkeep");

    public BlobContainerClient InboxBlobs { get; } = blobs.GetBlobContainerClient("inbox");
    public BlobContainerClient BadgeBlobs { get; } = blobs.GetBlobContainerClient("badges");
    public BlobContainerClient PublicBlobs { get; } = blobs.GetBlobContainerClient("public");
    public BlobContainerClient CityBlobs { get; } = blobs.GetBlobContainerClient("cities");

    public QueueClient DeliveryMessages { get; } = queues.GetQueueClient(DeliveriesQueue);
    public QueueClient AwardMessages { get; } = queues.GetQueueClient(AwardsQueue);
    public QueueClient MailMessages { get; } = queues.GetQueueClient(MailQueue);

    /// <summary>Where a message goes that failed five times. The Functions host makes them when it needs them, under these names.</summary>
    public IReadOnlyList<QueueClient> PoisonMessages { get; } = [.. new[]
    {
        DeliveriesQueue,
        AwardsQueue,
        MailQueue
    }.Select(q => queues.GetQueueClient($"{q}-poison"))];

    /// <summary>Puts a message into its queue, where it stays until it was worked through.</summary>
    /// <param name="delay">How long nobody sees it; null: it is seen at once.</param>
    public Task SendAsync(HubMessage message, TimeSpan? delay, CancellationToken cancellationToken) =>
#pragma warning disable RS0030 // Banned so that every message is sent here.
        QueueOf(message).SendMessageAsync(
            (message with { TraceParent = message.TraceParent ?? HubTelemetry.TraceParent }).Write(), delay, ForEver, cancellationToken);
#pragma warning restore RS0030

    /// <inheritdoc cref="SendAsync(HubMessage, TimeSpan?, CancellationToken)"/>
    public Task SendAsync(HubMessage message, CancellationToken cancellationToken) => SendAsync(message, null, cancellationToken);

    /// <summary>Makes what is missing. In Azure the infrastructure has made it already; repeating it is harmless.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => Task.WhenAll(
        CreateAsync(MissingTablesAsync(cancellationToken), t => t.CreateIfNotExistsAsync(cancellationToken)),
        CreateAsync(MissingContainersAsync(cancellationToken), c => c.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        CreateAsync(MissingQueuesAsync(cancellationToken), q => q.CreateIfNotExistsAsync(cancellationToken: cancellationToken)));

    /// <summary>Those that the hub needs and that are not there.</summary>
    public async Task<IReadOnlyList<TableClient>> MissingTablesAsync(CancellationToken cancellationToken)
    {
        var there = await NamesAsync(tables.QueryAsync(cancellationToken: cancellationToken), t => t.Name, cancellationToken);
        TableClient[] all = [Deliveries, Awards, Learners, Identifiers, Questions, Claims, StatusEntries, Audit, Mailboxes, Upkeep];
        return [.. all.Where(t => !there.Contains(t.Name))];
    }

    /// <inheritdoc cref="MissingTablesAsync"/>
    public async Task<IReadOnlyList<BlobContainerClient>> MissingContainersAsync(CancellationToken cancellationToken)
    {
        var there = await NamesAsync(blobs.GetBlobContainersAsync(cancellationToken: cancellationToken), c => c.Name, cancellationToken);
        return [.. new[] { InboxBlobs, BadgeBlobs, PublicBlobs, CityBlobs }.Where(c => !there.Contains(c.Name))];
    }

    /// <inheritdoc cref="MissingTablesAsync"/>
    public async Task<IReadOnlyList<QueueClient>> MissingQueuesAsync(CancellationToken cancellationToken)
    {
        var there = await NamesAsync(queues.GetQueuesAsync(cancellationToken: cancellationToken), q => q.Name, cancellationToken);
        return [.. new[] { DeliveryMessages, AwardMessages, MailMessages }.Where(q => !there.Contains(q.Name))];
    }

    private QueueClient QueueOf(HubMessage message) => message switch
    {
        DeliveryMessage => DeliveryMessages,
        AwardMessage => AwardMessages,
        AwardChange => MailMessages,
        _ => throw new InvalidOperationException($"No queue carries a {message.GetType().Name}."),
    };

    private static async Task<HashSet<string>> NamesAsync<T>(
        IAsyncEnumerable<T> all, Func<T, string> name, CancellationToken cancellationToken) =>
        await all.Select(name).ToHashSetAsync(cancellationToken: cancellationToken);

    // Asked for all at once: to make what is there already costs an exception each. If not, somebody else may be making them now too.
    private static async Task CreateAsync<T>(Task<IReadOnlyList<T>> missing, Func<T, Task> createIfNotExists) =>
        await Task.WhenAll((await missing).Select(createIfNotExists));
}
