using System.Collections.Concurrent;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>One version of a badge class as it was published: it never changes, so it is read once.</summary>
/// <param name="Achievement">The Achievement, UTF-8 JSON, in the language asked for.</param>
/// <param name="Svg">The art as SVG, if the city drew one.</param>
public sealed record PublishedBadge(ReadOnlyMemory<byte> Achievement, byte[] Png, byte[]? Svg);

/// <summary>The badge classes of every city in blob container public, kept in memory: versions are immutable.</summary>
public sealed class PublishedBadges(HubStorage storage)
{
    private readonly ConcurrentDictionary<(string City, string Badge, int Version, string Language), PublishedBadge> _read = new();

    /// <summary>Null if the city never published this version.</summary>
    public async ValueTask<PublishedBadge?> FindAsync(string city, string badge, int version, string language, CancellationToken cancellationToken)
    {
        var key = (city, badge, version, language);
        if (_read.TryGetValue(key, out var known))
        {
            return known;
        }

        var path = $"cities/{city}/badges/{badge}/v{version}";
        var achievement = await ReadAsync($"{path}.{language}.json", cancellationToken) ?? await ReadAsync($"{path}.json", cancellationToken);
        var png = await ReadAsync($"{path}.png", cancellationToken);
        return achievement is null || png is null
            ? null
            : _read.GetOrAdd(key, new PublishedBadge(achievement, png, await ReadAsync($"{path}.svg", cancellationToken)));
    }

    private async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken) =>
        (await storage.PublicBlobs.GetBlobClient(name).DownloadIfExistsAsync(cancellationToken))?.Content.ToArray();
}
