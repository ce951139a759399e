using Azure.Data.Tables;
using Azure.Storage.Blobs;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Upkeep;
using CitiesOfLearning.OpenBadges.Keys;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub;

/// <summary>
/// Whether the hub can do all of its work: storage has every part, every city was read, and every city has the keys that it signs with. Of
/// an app that verifies only, whether it can read what that takes.
/// </summary>
public sealed class Readiness(
    HubStorage storage, CityDirectory cities, ICredentialSigner signer, IOptions<HubOptions> options, TimeProvider time)
{
    /// <summary>How long any one part may take before it counts as failing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How long the whole answer may take.</summary>
    public static readonly TimeSpan MaxPatience = TimeSpan.FromSeconds(5);

    // Anybody may ask, and however many do, storage is asked once in this time.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<IReadOnlyList<string>>? _look;
    private long _lookedAt;

    /// <summary>What the last sweep asked for again; null if there was none, or it cannot be read.</summary>
    public Swept? LastSweep { get; private set; }

    /// <returns>
    /// What fails, each by a name that says where to look: <c>tables</c>, <c>queue mail</c>, <c>keys of plymouth</c>. None if it is ready.
    /// </returns>
    public Task<IReadOnlyList<string>> FailingAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_look is null || (_look.IsCompleted && time.GetElapsedTime(_lookedAt) >= Freshness))
            {
                _lookedAt = time.GetTimestamp();
                _look = Task.Run(LookAsync, CancellationToken.None);
            }

            return _look.WaitAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> LookAsync()
    {
        using var all = new CancellationTokenSource(MaxPatience, time);
        if (options.Value.VerifiesOnly)
        {
            // It may not list what else there is.
            var unreadable = await Task.WhenAll(
                PartAsync("table Awards", ct => ReadAsync(storage.Awards, ct), all.Token),
                PartAsync("container public", ct => ReadAsync(storage.PublicBlobs, ct), all.Token),
                CitiesAsync(all.Token));
            return [.. unreadable.SelectMany(f => f)];
        }

        var swept = PartAsync("sweep", SweptAsync, all.Token);
        var failing = await Task.WhenAll(
            PartAsync("tables", async ct => (await storage.MissingTablesAsync(ct)).Select(t => $"table {t.Name}"), all.Token),
            PartAsync("blobs", async ct => (await storage.MissingContainersAsync(ct)).Select(c => $"container {c.Name}"), all.Token),
            PartAsync("queues", async ct => (await storage.MissingQueuesAsync(ct)).Select(q => $"queue {q.Name}"), all.Token),
            CitiesAsync(all.Token));
        await swept; // a hub that cannot say what was swept is as ready as before
        return [.. failing.SelectMany(f => f)];
    }

    private static async Task<IEnumerable<string>> ReadAsync(TableClient table, CancellationToken cancellationToken)
    {
        await table.QueryAsync<TableEntity>("PartitionKey eq ''", maxPerPage: 1, cancellationToken: cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);
        return [];
    }

    private static async Task<IEnumerable<string>> ReadAsync(BlobContainerClient container, CancellationToken cancellationToken)
    {
        await container.GetPropertiesAsync(cancellationToken: cancellationToken);
        return [];
    }

    private async Task<IEnumerable<string>> SweptAsync(CancellationToken cancellationToken)
    {
        LastSweep = await Sweep.LastAsync(storage, cancellationToken);
        return [];
    }

    private async Task<IReadOnlyList<string>> CitiesAsync(CancellationToken all)
    {
        IReadOnlyList<City> read = [];
        var failing = await PartAsync(
            "cities",
            async cancel =>
            {
                (read, var unread) = await cities.LookAsync(cancel);
                return read.Count + unread.Count == 0 ? ["cities"] : unread.Select(id => $"city {id}");
            },
            all);
        var keys = await Task.WhenAll(read.Select(city => PartAsync($"keys of {city.Id}", cancel => KeysAsync(city, cancel), all)));
        return [.. failing, .. keys.SelectMany(k => k)];
    }

    private async Task<IEnumerable<string>> KeysAsync(City city, CancellationToken cancellationToken)
    {
        // Embedded proofs and status lists are always signed with it; the JWT is as the city chose.
        SigningAlgorithm[] algorithms = [SigningAlgorithm.ES256, city.Proofs.Jwt];
        foreach (var algorithm in algorithms.Distinct())
        {
            await signer.CurrentKeyAsync(city.Id, algorithm, cancellationToken);
        }

        return [];
    }

    // Waits no longer even for what does not listen when it is cancelled.
    private async Task<IReadOnlyList<string>> PartAsync(
        string name, Func<CancellationToken, Task<IEnumerable<string>>> failing, CancellationToken all)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(all, patience.Token);
        try
        {
            return [.. await failing(either.Token).WaitAsync(either.Token)];
        }
        catch (Exception)
        {
            return [name];
        }
    }
}
