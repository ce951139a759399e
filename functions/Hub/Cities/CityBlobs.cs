using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Cities;

/// <summary>
/// The <c>cities</c> container: <c>{city}/{version}.zip</c> for every version ever activated, and <c>_active/{city}</c> with the version
/// that counts now. No city can be called <c>_active</c>; one listing of that prefix tells what changed in any city.
/// </summary>
internal sealed class CityBlobs(HubStorage storage)
{
    private const string ActivePrefix = "_active/";

    /// <summary>The ETag of each city's activation. A blob there whose name can be no city's is none.</summary>
    public async Task<IReadOnlyDictionary<CityId, ETag>> ActivationsAsync(CancellationToken cancellationToken)
    {
        var activations = new Dictionary<CityId, ETag>();
        await foreach (var blob in storage.CityBlobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, ActivePrefix, cancellationToken))
        {
            if (CityId.TryParse(blob.Name[ActivePrefix.Length..], out var city))
            {
                activations[city] = blob.Properties.ETag!.Value;
            }
        }

        return activations;
    }

    /// <summary>The active version and its ETag, or null if the city was never activated.</summary>
    public async Task<(string Version, ETag ETag)?> ActiveAsync(CityId city, CancellationToken cancellationToken) =>
        await Active(city).DownloadIfExistsAsync(cancellationToken) is { } active ? (active.Content.ToString(), active.Details.ETag) : null;

    /// <summary>Makes the version count, unless somebody activated another since <paramref name="expected"/> was read.</summary>
    public Task<bool> TryActivateAsync(CityId city, string version, ETag? expected, CancellationToken cancellationToken) =>
        Active(city).UploadIfUnchangedAsync(Encoding.ASCII.GetBytes(version), "text/plain", expected, cancellationToken);

    /// <summary>The version is the digest of the content, so what was kept before is the same.</summary>
    public Task KeepAsync(CityId city, string version, CityFiles files, CancellationToken cancellationToken) =>
        Archive(city, version).UploadIfAbsentAsync(files.ToZip(), "application/zip", cancellationToken);

    public async Task<bool> IsKeptAsync(CityId city, string version, CancellationToken cancellationToken) =>
        await Archive(city, version).ExistsAsync(cancellationToken);

    public async Task<CityFiles> ReadAsync(CityId city, string version, CancellationToken cancellationToken)
    {
        BlobDownloadResult archive = await Archive(city, version).DownloadContentAsync(cancellationToken);
        await using var stream = archive.Content.ToStream();
        return CityFiles.FromZip(stream);
    }

    private BlobClient Active(CityId city) => storage.CityBlobs.GetBlobClient($"{ActivePrefix}{city}");

    private BlobClient Archive(CityId city, string version) => storage.CityBlobs.GetBlobClient($"{city}/{version}.zip");
}
