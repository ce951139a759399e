using System.Collections.Frozen;
using Azure;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Cities;

/// <summary>The active cities, from memory; looked up in Blob Storage again when they may have changed.</summary>
public sealed partial class CityDirectory(HubStorage storage, CityParser parser, TimeProvider time, ILogger<CityDirectory> logger)
    : IDisposable
{
    /// <summary>How long a city that was changed by another instance may still be seen as it was.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private readonly CityBlobs _blobs = new(storage);
    private readonly SemaphoreSlim _refreshing = new(1);
    private volatile Snapshot? _snapshot;
    private volatile int _generation;

    /// <summary>The city as activated now, or null if there is none of that name.</summary>
    /// <param name="city">As in an address: it may be no id at all.</param>
    public ValueTask<City?> FindAsync(string city, CancellationToken cancellationToken) =>
        CityId.TryParse(city, out var id) ? FindAsync(id, cancellationToken) : ValueTask.FromResult<City?>(null);

    /// <summary>The city as activated now, or null if there is none of that name.</summary>
    public ValueTask<City?> FindAsync(CityId city, CancellationToken cancellationToken) =>
        Fresh() is { } snapshot ? ValueTask.FromResult(snapshot.Find(city)) : AfterRefreshAsync(city, cancellationToken);

    /// <summary>Every active city, by id.</summary>
    public ValueTask<IReadOnlyList<City>> AllAsync(CancellationToken cancellationToken) =>
        Fresh() is { } snapshot ? ValueTask.FromResult(snapshot.All) : AfterRefreshAsync(cancellationToken);

    /// <summary>Looks now, whatever is in memory.</summary>
    /// <returns>Every active city that can be read, and the ids of those whose active version cannot: they are missing, or as they were
    /// before.</returns>
    public async Task<(IReadOnlyList<City> Cities, IReadOnlyList<CityId> Unread)> LookAsync(CancellationToken cancellationToken)
    {
        var snapshot = await RefreshAsync(always: true, cancellationToken);
        return (snapshot.All, snapshot.Unread);
    }

    /// <summary>Looks again at the next question, because this instance activated something.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    public void Dispose() => _refreshing.Dispose();

    private async ValueTask<City?> AfterRefreshAsync(CityId city, CancellationToken cancellationToken) =>
        (await RefreshAsync(always: false, cancellationToken)).Find(city);

    private async ValueTask<IReadOnlyList<City>> AfterRefreshAsync(CancellationToken cancellationToken) =>
        (await RefreshAsync(always: false, cancellationToken)).All;

    private Snapshot? Fresh() =>
        _snapshot is { } snapshot && snapshot.Generation == _generation && time.GetElapsedTime(snapshot.CheckedAt) < Freshness
            ? snapshot
            : null;

    private async Task<Snapshot> RefreshAsync(bool always, CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited finds the work done.
            return (always ? null : Fresh()) ?? (_snapshot = await LookAsync(_snapshot, cancellationToken));
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private async Task<Snapshot> LookAsync(Snapshot? earlier, CancellationToken cancellationToken)
    {
        var (generation, checkedAt) = (_generation, time.GetTimestamp());
        try
        {
            var activations = await _blobs.ActivationsAsync(cancellationToken);
            var cities = await Task.WhenAll(activations.Select(activation =>
                earlier?.Cities.GetValueOrDefault(activation.Key) is { } known && known.ETag == activation.Value
                    ? Task.FromResult<Activated?>(known)
                    : LoadAsync(activation.Key, activation.Value, earlier, cancellationToken)));
            var read = cities.OfType<Activated>().ToFrozenDictionary(a => a.City.Id);
            var unread = activations.Where(a => read.GetValueOrDefault(a.Key)?.ETag != a.Value).Select(a => a.Key);
            return new(read, [.. unread], generation, checkedAt);
        }
        catch (RequestFailedException e) when (earlier is not null)
        {
            // A short absence of storage should not stop what memory can answer; it is asked again after the same time.
            Log.StorageUnavailable(logger, e);
            return earlier with { Generation = generation, CheckedAt = checkedAt };
        }
    }

    // The ETag is the listing's, to be compared with the next listing's; a change in between is seen by the next look.
    private async Task<Activated?> LoadAsync(CityId city, ETag etag, Snapshot? earlier, CancellationToken cancellationToken)
    {
        var (version, _) = await _blobs.ActiveAsync(city, cancellationToken)
            ?? throw new RequestFailedException(404, $"The activation of {city} is gone.");
        var parsed = parser.Parse(city.ToString(), await _blobs.ReadAsync(city, version, cancellationToken));
        if (parsed.City is { } read)
        {
            return new(read, etag);
        }

        // It was valid when it was activated, by an earlier hub perhaps; the other cities go on.
        Log.Unreadable(logger, city, version, parsed.Errors.Count);
        return earlier?.Cities.GetValueOrDefault(city);
    }

    private sealed record Activated(City City, ETag ETag);

    private sealed record Snapshot(FrozenDictionary<CityId, Activated> Cities, IReadOnlyList<CityId> Unread, int Generation, long CheckedAt)
    {
        public IReadOnlyList<City> All { get; } = [.. Cities.Values
            .Select(a => a.City)
            .OrderBy(c => c.Id.ToString(), StringComparer.Ordinal)];

        public City? Find(CityId city) => Cities.GetValueOrDefault(city)?.City;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The cities could not be looked up; answering from memory")]
        public static partial void StorageUnavailable(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Error, "Version {Version} of city {City} can no longer be read: {Errors} errors. Upload it again")]
        public static partial void Unreadable(ILogger logger, CityId city, string version, int errors);
    }
}
