using System.Collections.Concurrent;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>One version of a badge class as it was published: it never changes, so it is read once.</summary>
/// <param name="Achievement">The Achievement, UTF-8 JSON, in the language asked for; without contexts, as it stands in a
/// credential.</param>
/// <param name="Svg">The art as SVG, if the city drew one.</param>
public sealed record PublishedAchievement(ReadOnlyMemory<byte> Achievement, byte[] Png, byte[]? Svg);

/// <summary>The badge classes of every city in blob container public, kept in memory: versions are immutable.</summary>
public sealed class PublishedAchievements(HubStorage storage)
{
    private readonly ConcurrentDictionary<(CityId City, string Badge, int Version, string Language), PublishedAchievement> _read = new();

    /// <summary>Null if the city never published this version.</summary>
    public async ValueTask<PublishedAchievement?> FindAsync(
        CityId city, string badge, int version, string language, CancellationToken cancellationToken)
    {
        var key = (city, badge, version, language);
        if (_read.TryGetValue(key, out var known))
        {
            return known;
        }

        var document = await ReadAsync(DocumentName(city, badge, version, language), cancellationToken)
            ?? await ReadAsync(DocumentName(city, badge, version, null), cancellationToken);
        var png = await ReadAsync(ImageName(city, badge, version, "png"), cancellationToken);
        return document is null || png is null
            ? null
            : _read.GetOrAdd(
                key,
                new PublishedAchievement(
                    AchievementDocument.InCredential(document),
                    png,
                    await ReadAsync(ImageName(city, badge, version, "svg"), cancellationToken)));
    }

    /// <summary>What the version of the award says: the city published it before it could be awarded.</summary>
    public async ValueTask<BadgeClassVersion> ForAwardAsync(Award award, City city, CancellationToken cancellationToken) =>
        await VersionAsync(city, award.Badge, award.BadgeVersion, cancellationToken)
        ?? throw new InvalidOperationException(
            $"Version {award.BadgeVersion} of {award.Badge}, which award {award.Id} is of, is not published.");

    /// <summary>What the version says in those of the city's languages that it was published in; null if it never was.</summary>
    public async ValueTask<BadgeClassVersion?> VersionAsync(City city, string badge, int version, CancellationToken cancellationToken)
    {
        var inLanguages = new List<PublishedAchievement>();
        foreach (var language in city.Languages)
        {
            if (await FindAsync(city.Id, badge, version, language, cancellationToken) is not { } published)
            {
                return null;
            }

            inLanguages.Add(published);
        }

        return BadgeClassVersion.Read(badge, version, inLanguages.Select(p => p.Achievement), inLanguages[0].Svg is not null);
    }

    /// <summary>What is published at the badge class's address, in one of the city's languages (null: its default).</summary>
    public async ValueTask<PublicDocument?> DocumentAsync(
        CityId city, string badge, int version, string? language, CancellationToken cancellationToken) =>
        await ReadAsync(DocumentName(city, badge, version, language), cancellationToken) is { } document
            ? PublicDocument.Of(document, OpenBadgesJson.MediaType, PublicDocument.Forever)
            : null;

    /// <summary>The badge's picture.</summary>
    /// <param name="extension">png or svg.</param>
    public async ValueTask<PublicDocument?> ImageAsync(
        CityId city, string badge, int version, string extension, CancellationToken cancellationToken) =>
        await ReadAsync(ImageName(city, badge, version, extension), cancellationToken) is { } image
            ? PublicDocument.Of(image, extension == "svg" ? "image/svg+xml" : "image/png", PublicDocument.Forever)
            : null;

    /// <summary>What the name of every document and picture of the city's badges begins with.</summary>
    internal static string Prefix(CityId city) => $"cities/{city}/badges/";

    internal static string DocumentName(CityId city, string badge, int version, string? language) =>
        $"{Prefix(city)}{badge}/v{version}{(language is null ? "" : $".{language}")}.json";

    internal static string ImageName(CityId city, string badge, int version, string extension) =>
        $"{Prefix(city)}{badge}/v{version}.{extension}";

    private async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) =>
        (await storage.PublicBlobs.GetBlobClient(name).DownloadIfExistsAsync(cancellationToken))?.Content.ToArray();
}
