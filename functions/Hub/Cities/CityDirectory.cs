using System.Collections.Concurrent;
using System.Collections.Frozen;
using Azure;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Cities;

/// <summary>The active cities, from memory; looked up in Blob Storage again when they may have changed.</summary>
public sealed partial class CityDirectory
{
    /// <summary>How long a city that was changed by another instance may still be seen as it was.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private const int MaxLoadsAtOnce = 8;

    // Both for the look that runs by itself: nobody waits as long.
    private static readonly TimeSpan ListingPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LoadPatience = TimeSpan.FromSeconds(30);

    private readonly CityBlobs _blobs;
    private readonly CityParser _parser;
    private readonly TimeProvider _time;
    private readonly ILogger<CityDirectory> _logger;
    private readonly Remembered<Snapshot> _cities;

    public CityDirectory(HubStorage storage, CityParser parser, TimeProvider time, ILogger<CityDirectory> logger)
    {
        (_blobs, _parser, _time, _logger) = (new(storage), parser, time, logger);
        _cities = new(LookAsync, Freshness, time);
    }

    /// <summary>The city as activated now, or null if there is none of that name.</summary>
    /// <param name="city">As in an address: it may be no id at all.</param>
    /// <exception cref="TimeoutException">The city is active and could not be read yet.</exception>
    public ValueTask<City?> FindAsync(string city, CancellationToken cancellationToken) =>
        CityId.TryParse(city, out var id) ? FindAsync(id, cancellationToken) : ValueTask.FromResult<City?>(null);

    /// <inheritdoc cref="FindAsync(string, CancellationToken)"/>
    public ValueTask<City?> FindAsync(CityId city, CancellationToken cancellationToken) =>
        _cities.Fresh() is { All.Count: > 0 } snapshot
            ? ValueTask.FromResult(snapshot.Find(city))
            : AfterLookAsync(city, cancellationToken);

    /// <summary>Every active city that can be read, by id.</summary>
    public ValueTask<IReadOnlyList<City>> AllAsync(CancellationToken cancellationToken) =>
        _cities.Fresh() is { All.Count: > 0 } snapshot ? ValueTask.FromResult(snapshot.All) : AfterLookAsync(cancellationToken);

    /// <summary>Looks now, whatever is in memory.</summary>
    /// <returns>Every active city that can be read, and the ids of those whose active version cannot: they are missing, or as they were
    /// before.</returns>
    public async Task<(IReadOnlyList<City> Cities, IReadOnlySet<CityId> Unread)> LookAsync(CancellationToken cancellationToken)
    {
        var snapshot = await _cities.LookAsync(cancellationToken);
        return (snapshot.All, snapshot.Unread);
    }

    /// <summary>Looks again at the next question, because this instance activated something.</summary>
    public void Forget() => _cities.Forget();

    private async ValueTask<City?> AfterLookAsync(CityId city, CancellationToken cancellationToken) =>
        (await SnapshotAsync(cancellationToken)).Find(city);

    private async ValueTask<IReadOnlyList<City>> AfterLookAsync(CancellationToken cancellationToken) =>
        (await SnapshotAsync(cancellationToken)).All;

    // That there is no city is not remembered: a hub that has just been set up has its first one at once.
    private async Task<Snapshot> SnapshotAsync(CancellationToken cancellationToken) =>
        await _cities.GetAsync(cancellationToken) is { All.Count: > 0 } known
            ? known
            : await _cities.LookAsync(cancellationToken).WaitAsync(Remembered<Snapshot>.MaxPatience, _time, cancellationToken);

    private async Task<Snapshot> LookAsync(Snapshot? earlier)
    {
        try
        {
            using var patience = new CancellationTokenSource(ListingPatience, _time);
            var activations = await _blobs.ActivationsAsync(patience.Token);
            var read = new ConcurrentDictionary<CityId, Activated>();
            var all = new ParallelOptions { MaxDegreeOfParallelism = MaxLoadsAtOnce };
            await Parallel.ForEachAsync(activations, all, async (activation, _) =>
            {
                var (city, etag) = activation;
                var known = earlier?.Cities.GetValueOrDefault(city);
                if ((known?.ETag == etag ? known : await LoadAsync(city, etag) ?? known) is { } found)
                {
                    read[city] = found;
                }
            });
            var unread = activations.Where(a => read.GetValueOrDefault(a.Key)?.ETag != a.Value).Select(a => a.Key);
            return new(read.ToFrozenDictionary(), unread.ToFrozenSet());
        }
        catch (Exception e)
        {
            Log.NotLookedUp(_logger, e);
            throw;
        }
    }

    // The ETag is the listing's, to be compared with the next listing's; a change in between is seen by the next look.
    private async Task<Activated?> LoadAsync(CityId city, ETag etag)
    {
        try
        {
            using var patience = new CancellationTokenSource(LoadPatience, _time);
            var (version, _) = await _blobs.ActiveAsync(city, patience.Token)
                ?? throw new InvalidOperationException($"The activation of {city} is gone.");
            var parsed = _parser.Parse(city.ToString(), await _blobs.ReadAsync(city, version, patience.Token));
            if (parsed.City is { } read)
            {
                return new(read, etag);
            }

            // It was valid when it was activated, by an earlier hub perhaps.
            Log.Unreadable(_logger, city, version, parsed.Errors.Count);
        }
        catch (Exception e)
        {
            Log.NotLoaded(_logger, city, e);
        }

        // The other cities go on.
        return null;
    }

    private sealed record Activated(City City, ETag ETag);

    private sealed record Snapshot(FrozenDictionary<CityId, Activated> Cities, FrozenSet<CityId> Unread)
    {
        public IReadOnlyList<City> All { get; } = [.. Cities.Values
            .Select(a => a.City)
            .OrderBy(c => c.Id.ToString(), StringComparer.Ordinal)];

        public City? Find(CityId city) =>
            Cities.GetValueOrDefault(city)?.City
            ?? (Unread.Contains(city) ? throw new TimeoutException($"The active version of {city} could not be read yet.") : null);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The cities could not be looked up; memory answers, if it can")]
        public static partial void NotLookedUp(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Error, "City {City} could not be loaded")]
        public static partial void NotLoaded(ILogger logger, CityId city, Exception exception);

        [LoggerMessage(LogLevel.Error, "Version {Version} of city {City} can no longer be read: {Errors} errors. Upload it again")]
        public static partial void Unreadable(ILogger logger, CityId city, string version, int errors);
    }
}
