using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>
/// Puts badge classes into the <c>public</c> container. A version, once published, never means anything else: the city's definition may
/// move on, and what a learner holds still says what it said.
/// </summary>
public sealed class BadgePublisher(HubStorage storage, HubUrls urls)
{
    private const string MeaningKey = "meaning";
    private const string BodyKey = "body";

    /// <summary>What is published of the city's badges now, by name.</summary>
    internal async Task<IReadOnlyDictionary<string, PublishedFile>> ReadAsync(CityId city, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, PublishedFile>(StringComparer.Ordinal);
        var prefix = PublishedAchievements.Prefix(city);
        await foreach (var blob in storage.PublicBlobs.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken))
        {
            files[blob.Name] = PublishedFile.Of(blob.Properties.ETag!.Value, blob.Metadata);
        }

        return files;
    }

    /// <summary>The badges whose published version means something else than the city now says, with the languages left out.</summary>
    internal static IReadOnlyList<BadgeClass> Changed(City city, IReadOnlyDictionary<string, PublishedFile> published) =>
    [
        .. city.Badges.Values.Where(badge => city.Languages.Any(language =>
            published.TryGetValue(DocumentName(city, badge, language), out var file)
            && file.Meaning != BadgeMeaning.Of(city, badge, language))),
    ];

    /// <summary>
    /// Publishes every badge of the city; false if another activation published one of the same versions with another meaning.
    /// </summary>
    internal async Task<bool> PublishAsync(
        City city, IReadOnlyDictionary<string, PublishedFile> published, CancellationToken cancellationToken) =>
        (await Task.WhenAll(city.Badges.Values.Select(badge => PublishAsync(city, badge, published, cancellationToken)))).All(done => done);

    private async Task<bool> PublishAsync(
        City city, BadgeClass badge, IReadOnlyDictionary<string, PublishedFile> published, CancellationToken cancellationToken)
    {
        // The documents go first: they hold the digest of the pictures, so whoever publishes them decides which pictures those are.
        foreach (var language in city.Languages)
        {
            var there = published.GetValueOrDefault(DocumentName(city, badge, language));
            if (!await PublishDocumentAsync(city, badge, language, there, cancellationToken))
            {
                return false;
            }
        }

        foreach (var image in new[] { badge.Art.Png, badge.Art.Svg }.OfType<ImageFile>())
        {
            var name = PublishedAchievements.ImageName(
                city.Id, badge.Id, badge.Version, image.MediaType == "image/svg+xml" ? "svg" : "png");
            if (!published.ContainsKey(name))
            {
                await storage.PublicBlobs.GetBlobClient(name).UploadIfAbsentAsync(image.Bytes, image.MediaType, cancellationToken);
            }
        }

        return true;
    }

    private async Task<bool> PublishDocumentAsync(
        City city, BadgeClass badge, string language, PublishedFile? published, CancellationToken cancellationToken)
    {
        var document = AchievementDocument.Of(city, badge, language, urls);
        var (meaning, body) = (BadgeMeaning.Of(city, badge, language), HubIds.ContentHash(document.Body.Span));
        var blob = storage.PublicBlobs.GetBlobClient(DocumentName(city, badge, language));
        while (true)
        {
            if (published is not null && published.Meaning != meaning)
            {
                return false;
            }

            if (published is not null && published.Body == body)
            {
                return true;
            }

            try
            {
                // With the same meaning it is written again when the hub's address or the form of the document changed.
                var conditions = published is null
                    ? new BlobRequestConditions { IfNoneMatch = ETag.All }
                    : new() { IfMatch = published.ETag };
                var metadata = new Dictionary<string, string> { [MeaningKey] = meaning, [BodyKey] = body };
                var headers = new BlobHttpHeaders { ContentType = document.MediaType };
                var options = new BlobUploadOptions { HttpHeaders = headers, Metadata = metadata, Conditions = conditions };
                await blob.UploadAsync(new BinaryData(document.Body), options, cancellationToken);
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another activation was first; look at what it published.
                published = await AgainAsync(blob, cancellationToken);
            }
        }
    }

    private static string DocumentName(City city, BadgeClass badge, string language) =>
        PublishedAchievements.DocumentName(city.Id, badge.Id, badge.Version, language == city.Languages[0] ? null : language);

    private static async Task<PublishedFile?> AgainAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return PublishedFile.Of(properties.ETag, properties.Metadata);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <param name="Meaning">A document's <see cref="BadgeMeaning"/>; a picture has none.</param>
    /// <param name="Body">The digest of a document's bytes.</param>
    internal sealed record PublishedFile(ETag ETag, string? Meaning, string? Body)
    {
        public static PublishedFile Of(ETag etag, IDictionary<string, string> metadata)
        {
            metadata.TryGetValue(MeaningKey, out var meaning);
            metadata.TryGetValue(BodyKey, out var body);
            return new(etag, meaning, body);
        }
    }
}
