using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>One row, blob or message in an account, with all that can be read in it.</summary>
internal sealed record StoredThing(string Place, string Text)
{
    public bool Holds(string text) =>
        Place.Contains(text, StringComparison.OrdinalIgnoreCase) || Text.Contains(text, StringComparison.OrdinalIgnoreCase);
}

internal static class Everything
{
    /// <summary>Every row, blob and message of an account.</summary>
    public static async Task<IReadOnlyList<StoredThing>> InAsync(string account)
    {
        var things = new List<StoredThing>();
        var tables = new TableServiceClient(account);
        await foreach (var table in tables.QueryAsync())
        {
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
            {
                things.Add(new($"{table.Name}/{row.PartitionKey}/{row.RowKey}", string.Join('\n', row.Select(p => $"{p.Key}={p.Value}"))));
            }
        }

        var blobs = new BlobServiceClient(account);
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync())
            {
                var found = (await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value;
                var metadata = string.Join('\n', found.Details.Metadata.Select(m => $"{m.Key}={m.Value}"));
                things.Add(new($"{container.Name}/{blob.Name}", metadata + Encoding.Latin1.GetString(found.Content)));
            }
        }

        var queues = new QueueServiceClient(account, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await foreach (var queue in queues.GetQueuesAsync())
        {
            things.AddRange((await queues
                .GetQueueClient(queue.Name)
                .PeekMessagesAsync(32)).Value.Select(m => new StoredThing($"{queue.Name}/{m.MessageId}", m.Body.ToString())));
        }

        return things;
    }
}
