using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;

namespace CitiesOfLearning.Hub.Deliveries;

/// <summary>Raw deliveries in Blob Storage, byte for byte, with what else is needed to understand them as metadata.</summary>
public sealed class Inbox(HubStorage storage)
{
    private const string TraceParent = "traceparent";

    /// <summary>Stores the delivery, unless it was stored before: the first one stays.</summary>
    public async Task StoreAsync(RawDelivery delivery, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/octet-stream" },
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            Metadata = new Dictionary<string, string>
            {
                ["profile"] = delivery.Profile,
                ["receivedat"] = delivery.ReceivedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
                ["contenttype"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(delivery.ContentType ?? "")),
                ["headers"] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(delivery.Headers)),
            },
        };
        if (HubTelemetry.TraceParent is { } trace)
        {
            options.Metadata[TraceParent] = trace;
        }

        try
        {
            await storage.InboxBlobs
                .GetBlobClient(delivery.Blob)
                .UploadAsync(BinaryData.FromBytes(delivery.Body), options, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // The sender tries again, or its delivery arrives twice at once.
        }
    }

    /// <summary>The stored delivery, or null if there is none (any more: after 30 days).</summary>
    public async Task<RawDelivery?> LoadAsync(DeliveryMessage message, CancellationToken cancellationToken)
    {
        var found = await storage.InboxBlobs.GetBlobClient(message.Blob).DownloadIfExistsAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var metadata = found.Details.Metadata;
        return new RawDelivery(
            message.City,
            message.Source,
            message.Delivery,
            message.Blob,
            metadata["profile"],
            DateTimeOffset.ParseExact(metadata["receivedat"], "O", CultureInfo.InvariantCulture),
            Encoding.UTF8.GetString(Convert.FromBase64String(metadata["contenttype"])),
            JsonSerializer.Deserialize<Dictionary<string, string>>(Convert.FromBase64String(metadata["headers"]))!,
            found.Content.ToMemory())
        {
            TraceParent = TraceOf(metadata),
        };
    }

    /// <summary>The trace in which a delivery was received, as its blob's metadata has it; null if that names none.</summary>
    public static string? TraceOf(IDictionary<string, string> metadata) => metadata.TryGetValue(TraceParent, out var trace) ? trace : null;
}
