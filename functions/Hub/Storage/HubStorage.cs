using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>The hub's state: every table, container and queue by its name, as in docs/architecture.md. Azure Storage holds all of it.</summary>
public sealed class HubStorage(TableServiceClient tables, BlobServiceClient blobs, QueueServiceClient queues)
{
    public const string DeliveriesQueue = "deliveries";
    public const string AwardsQueue = "awards";
    public const string MailQueue = "mail";

    public TableClient Deliveries { get; } = tables.GetTableClient("Deliveries");
    public TableClient Awards { get; } = tables.GetTableClient("Awards");
    public TableClient Learners { get; } = tables.GetTableClient("Learners");
    public TableClient Claims { get; } = tables.GetTableClient("Claims");
    public TableClient StatusEntries { get; } = tables.GetTableClient("StatusEntries");
    public TableClient Audit { get; } = tables.GetTableClient("Audit");

    public BlobContainerClient InboxBlobs { get; } = blobs.GetBlobContainerClient("inbox");
    public BlobContainerClient BadgeBlobs { get; } = blobs.GetBlobContainerClient("badges");
    public BlobContainerClient PublicBlobs { get; } = blobs.GetBlobContainerClient("public");
    public BlobContainerClient CityBlobs { get; } = blobs.GetBlobContainerClient("cities");

    public QueueClient DeliveryMessages { get; } = queues.GetQueueClient(DeliveriesQueue);
    public QueueClient AwardMessages { get; } = queues.GetQueueClient(AwardsQueue);
    public QueueClient MailMessages { get; } = queues.GetQueueClient(MailQueue);

    /// <summary>Where a message goes that failed five times. The Functions host makes them when it needs them, under these names.</summary>
    public IReadOnlyList<QueueClient> PoisonMessages { get; } = [.. new[] { DeliveriesQueue, AwardsQueue, MailQueue }.Select(q => queues.GetQueueClient($"{q}-poison"))];

    /// <summary>Makes what is missing. In Azure the infrastructure has made it already; repeating it is harmless.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => Task.WhenAll(
    [
        .. new[] { Deliveries, Awards, Learners, Claims, StatusEntries, Audit }.Select(t => (Task)t.CreateIfNotExistsAsync(cancellationToken)),
        .. new[] { InboxBlobs, BadgeBlobs, PublicBlobs, CityBlobs }.Select(c => (Task)c.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        .. new[] { DeliveryMessages, AwardMessages, MailMessages }.Select(q => (Task)q.CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
    ]);
}
