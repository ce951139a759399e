using System.Collections.Concurrent;
using System.Globalization;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Status;

/// <summary>
/// Table StatusEntries: which entry of a city's status lists belongs to which award. An entry has the same index in both lists
/// (revocation, suspension). Indexes are drawn by keyed hash: random to everyone else, so that neighbours in a list say nothing about each
/// other (https://www.w3.org/TR/vc-bitstring-status-list/#privacy-considerations), and the same again when a message comes twice.
/// </summary>
public sealed class StatusEntryTable(HubStorage storage, HubIds ids)
{
    /// <summary>
    /// How many entries an award draws before the next list begins. The first award without luck ends a list for all: with so many, 999
    /// lists of 1,000 are 95 % full by then (with 32 it would be 78 %), and an award has drawn less than four times on average.
    /// </summary>
    public const int Draws = 256;

    // Where the last award of each city found an entry: the row is asked once, and again when that list is full.
    private readonly ConcurrentDictionary<(CityId, IssuerScheme), int> _current = new();

    /// <summary>Takes a free entry for the award; repeating it finds the same one.</summary>
    /// <param name="scheme">How the city names itself in the list, and so in the badge.</param>
    public async Task<(int List, int Index)> AllocateAsync(
        CityId city, IssuerScheme scheme, AwardId awardId, CancellationToken cancellationToken)
    {
        var list = _current.TryGetValue((city, scheme), out var known) ? known : await CurrentListAsync(city, scheme, cancellationToken);
        while (true)
        {
            for (var draw = 0; draw < Draws; draw++)
            {
                var index = ids.StatusIndex(awardId, list, draw, StatusListBits.MinimumLength);
                var row = new TableEntity(Partition(city, list), Row(index)) { ["Award"] = awardId.ToString() };
                if (await storage.StatusEntries.AddIfAbsentAsync(row, cancellationToken)
                    || await IsOfAsync(awardId, row, cancellationToken))
                {
                    _current[(city, scheme)] = list;
                    return (list, index);
                }
            }

            // Another instance may have gone further; the row never goes back.
            var current = await CurrentListAsync(city, scheme, cancellationToken);
            if (current <= list)
            {
                var next = new TableEntity(city.ToString(), CurrentRow(scheme)) { ["List"] = current = list + 1 };
                await storage.StatusEntries.UpsertEntityAsync(next, TableUpdateMode.Replace, cancellationToken);
            }

            list = current;
        }
    }

    /// <summary>Sets or clears the award's bits. They count once the list is published again.</summary>
    public Task MarkAsync(Award award, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition(award.City, award.Status!.List), Row(award.Status.Index))
        {
            ["Award"] = award.Id.ToString(),
            [StatusPurposes.Revocation] = award.Standing == AwardStanding.Revoked,
            [StatusPurposes.Suspension] = award.Standing == AwardStanding.Suspended,
        };
        return storage.StatusEntries.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>The list as the entries say it is now.</summary>
    public async Task<StatusListBits> BitsAsync(CityId city, string purpose, int list, CancellationToken cancellationToken)
    {
        var bits = new StatusListBits();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(city, list)}") + $" and {purpose} eq true";
        await foreach (var row in storage.StatusEntries.QueryAsync<TableEntity>(
            filter, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            bits.Set(int.Parse(row.RowKey, CultureInfo.InvariantCulture), true);
        }

        return bits;
    }

    private async Task<bool> IsOfAsync(AwardId awardId, TableEntity row, CancellationToken cancellationToken)
    {
        var taken = await storage.StatusEntries.GetEntityIfExistsAsync<TableEntity>(
            row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
        return taken.HasValue && taken.Value!.GetString("Award") == awardId.ToString();
    }

    private async Task<int> CurrentListAsync(CityId city, IssuerScheme scheme, CancellationToken cancellationToken)
    {
        var row = await storage.StatusEntries.GetEntityIfExistsAsync<TableEntity>(
            city.ToString(), CurrentRow(scheme), cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.GetInt32("List")!.Value : scheme.FirstList();
    }

    private static string CurrentRow(IssuerScheme scheme) => scheme == IssuerScheme.DidWeb ? "current-did" : "current";

    private static string Partition(CityId city, int list) => $"{city}|{list}";

    private static string Row(int index) => index.ToString("D6", CultureInfo.InvariantCulture);
}
