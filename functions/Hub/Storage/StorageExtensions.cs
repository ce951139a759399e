using System.Net.Sockets;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>Writes that may be repeated: the first one wins and the rest learn that they were late.</summary>
public static class StorageExtensions
{
    /// <summary>False if a row of this key was there already; then nothing changed.</summary>
    public static async Task<bool> AddIfAbsentAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    /// <summary>False if somebody changed or deleted the row since it was read; then nothing changed.</summary>
    public static async Task<bool> ReplaceIfUnchangedAsync(
        this TableClient table, TableEntity row, ETag read, CancellationToken cancellationToken)
    {
        try
        {
            await table.UpdateEntityAsync(row, read, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 412 || e.ErrorCode == TableErrorCode.ResourceNotFound)
        {
            return false;
        }
    }

    /// <summary>False if a blob of this name was there already; then nothing changed.</summary>
    public static async Task<bool> UploadIfAbsentAsync(
        this BlobClient blob, ReadOnlyMemory<byte> content, string mediaType, CancellationToken cancellationToken)
    {
        try
        {
            await blob.UploadAsync(
                BinaryData.FromBytes(content), Options(mediaType, new BlobRequestConditions { IfNoneMatch = ETag.All }), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>False if the blob is no longer the one that was read (null: if it exists by now); then nothing changed.</summary>
    public static async Task<bool> UploadIfUnchangedAsync(
        this BlobClient blob, ReadOnlyMemory<byte> content, string mediaType, ETag? read, CancellationToken cancellationToken)
    {
        try
        {
            var condition = read is { } etag
                ? new BlobRequestConditions { IfMatch = etag }
                : new BlobRequestConditions { IfNoneMatch = ETag.All };
            await blob.UploadAsync(BinaryData.FromBytes(content), Options(mediaType, condition), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>The blob's content, or null if there is none.</summary>
    public static async Task<BlobDownloadResult?> DownloadIfExistsAsync(this BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return (await blob.DownloadContentAsync(cancellationToken)).Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether this is how it looks when storage, or the vault, is away or too slow: refused, cut off, not answered in time, or several of
    /// these after the SDK's own retries. A right that is not there counts too: one that was given takes minutes to hold.
    /// </summary>
    public static bool IsAbsence(this Exception e) => e switch
    {
        AggregateException several => several.InnerExceptions.Any(IsAbsence),
        RequestFailedException failed => failed.Status is 0 or 401 or 403 or 408 or 429 or >= 500,
        AuthenticationFailedException or SocketException or HttpRequestException or IOException => true,
        TimeoutException or OperationCanceledException => true,
        _ => false,
    };

    private static BlobUploadOptions Options(string mediaType, BlobRequestConditions conditions) =>
        new() { HttpHeaders = new BlobHttpHeaders { ContentType = mediaType }, Conditions = conditions };
}
