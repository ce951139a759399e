using System.Collections.Concurrent;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Status;

/// <summary>A status list whose signature, purpose and dates have been checked.</summary>
public sealed record TrustedStatusList(StatusListBits Bits, DateTimeOffset ValidUntil, DateTimeOffset ReadAt);

/// <summary>
/// Reads our own cities' published status lists. They are kept for a few seconds, and dropped at once when this instance changes one, so an
/// answer is never older than <see cref="MaxAge"/>.
/// </summary>
public sealed class StatusReader(StatusLists lists, HubUrls urls, TimeProvider time)
{
    /// <summary>How old an answer may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, TrustedStatusList> _read = new();

    /// <summary>The list as it is now; null if it is missing or not good.</summary>
    /// <param name="check">Of what is published; null if it is not this list, signed by the city.</param>
    /// <exception cref="Azure.RequestFailedException">Storage did not answer.</exception>
    public async ValueTask<TrustedStatusList?> FindAsync(
        CityId city,
        string purpose,
        int number,
        Func<byte[], ValueTask<TrustedStatusList?>> check,
        CancellationToken cancellationToken)
    {
        var address = urls.StatusList(city, purpose, number);
        if (_read.TryGetValue(address, out var known) && time.GetUtcNow() - known.ReadAt < MaxAge)
        {
            return known;
        }

        var published = await lists.FindAsync(city, purpose, number, cancellationToken);
        if (published is null || await check(published.Jwt) is not { } trusted)
        {
            _read.TryRemove(address, out _);
            return null;
        }

        return _read[address] = trusted;
    }

    /// <summary>The list was just published again.</summary>
    public void Forget(CityId city, string purpose, int number) => _read.TryRemove(urls.StatusList(city, purpose, number), out _);
}
