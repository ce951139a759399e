using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CitiesOfLearning.Hub.Cities;
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

    /// <summary>The badges whose published version means something else than the city now says, with the languages left out.</summary>
    internal async Task<IReadOnlyList<BadgeClass>> ChangedAsync(City city, CancellationToken cancellationToken)
    {
        var all = await Task.WhenAll(city.Badges.Values.Select(async badge =>
            (Badge: badge, Changed: (await Task.WhenAll(city.Languages.Select(language => IsChangedAsync(city, badge, language, cancellationToken)))).Any(c => c))));
        return [.. all.Where(b => b.Changed).Select(b => b.Badge)];
    }

    /// <summary>Publishes every badge of the city; false if another activation published one of the same versions with another meaning.</summary>
    internal async Task<bool> PublishAsync(City city, CancellationToken cancellationToken) =>
        (await Task.WhenAll(city.Badges.Values.Select(badge => PublishAsync(city, badge, cancellationToken)))).All(published => published);

    private async Task<bool> PublishAsync(City city, BadgeClass badge, CancellationToken cancellationToken)
    {
        // The documents go first: they hold the digest of the pictures, so whoever publishes them decides which pictures those are.
        foreach (var language in city.Languages)
        {
            if (!await PublishDocumentAsync(city, badge, language, cancellationToken))
            {
                return false;
            }
        }

        foreach (var image in new[] { badge.Art.Png, badge.Art.Svg }.OfType<ImageFile>())
        {
            var extension = image.MediaType == "image/svg+xml" ? "svg" : "png";
            await storage.PublicBlobs.GetBlobClient(PublishedBadges.ImageName(city.Id, badge.Id, badge.Version, extension))
                .UploadIfAbsentAsync(image.Bytes, image.MediaType, cancellationToken);
        }

        return true;
    }

    private async Task<bool> PublishDocumentAsync(City city, BadgeClass badge, string language, CancellationToken cancellationToken)
    {
        var document = AchievementDocument.Of(city, badge, language, urls);
        var metadata = new Dictionary<string, string> { [MeaningKey] = BadgeMeaning.Of(city, badge, language), [BodyKey] = HubIds.ContentHash(document.Body.Span) };
        var blob = Document(city, badge, language);
        while (true)
        {
            var published = await PropertiesAsync(blob, cancellationToken);
            if (published is not null && published.Metadata[MeaningKey] != metadata[MeaningKey])
            {
                return false;
            }

            if (published is not null && published.Metadata[BodyKey] == metadata[BodyKey])
            {
                return true;
            }

            try
            {
                // With the same meaning it is written again when the hub's address or the form of the document changed.
                var conditions = published is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new() { IfMatch = published.ETag };
                var options = new BlobUploadOptions { HttpHeaders = new() { ContentType = document.MediaType }, Metadata = metadata, Conditions = conditions };
                await blob.UploadAsync(new BinaryData(document.Body), options, cancellationToken);
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another activation was first; look at what it published.
            }
        }
    }

    private async Task<bool> IsChangedAsync(City city, BadgeClass badge, string language, CancellationToken cancellationToken) =>
        await PropertiesAsync(Document(city, badge, language), cancellationToken) is { } published
        && published.Metadata[MeaningKey] != BadgeMeaning.Of(city, badge, language);

    private BlobClient Document(City city, BadgeClass badge, string language) => storage.PublicBlobs.GetBlobClient(
        PublishedBadges.DocumentName(city.Id, badge.Id, badge.Version, language == city.Languages[0] ? null : language));

    private static async Task<BlobProperties?> PropertiesAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            return await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }
}
