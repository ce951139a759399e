using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>That an address leads to a learner, and by which account at which source (null: by the address alone).</summary>
public sealed record AddressLink(string Learner, string? Source, string? Account);

/// <summary>Everybody an address leads to: a family may share one.</summary>
/// <param name="Made">How many learners were ever made under it: the next one's id is another, whoever has left.</param>
public sealed record AddressRow(IReadOnlyList<AddressLink> Links, int Made, ETag? ETag)
{
    public IReadOnlyList<string> Learners { get; } = [.. Links.Select(l => l.Learner).Distinct()];
}

/// <summary>
/// What leads to a learner: table Identifiers, everything in it a keyed hash. An account at a source: <c>{city}|{source}</c>, account. An
/// address: <c>{city}|@{first two characters}</c>, address; one row, so that two who come at once under one address are told apart.
/// </summary>
public sealed class IdentifierTable(HubStorage storage, HubIds ids)
{
    /// <summary>The learner that the account leads to; null if it leads to nobody yet.</summary>
    public async Task<string?> FindAsync(CityId city, string source, string account, CancellationToken cancellationToken)
    {
        var row = await storage.Identifiers.GetEntityIfExistsAsync<TableEntity>(
            Partition(city, source), ids.AccountKey(city, source, account), cancellationToken: cancellationToken);
        return row.HasValue ? row.Value!.GetString("Learner") : null;
    }

    /// <returns>The learner whom the account leads to from now on: whoever was first.</returns>
    public async Task<string> LinkAsync(CityId city, string source, string account, string learner, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition(city, source), ids.AccountKey(city, source, account)) { ["Learner"] = learner };
        return await storage.Identifiers.AddIfAbsentAsync(row, cancellationToken)
            ? learner
            : (await FindAsync(city, source, account, cancellationToken))!;
    }

    public async Task<AddressRow> FindAsync(CityId city, string address, CancellationToken cancellationToken)
    {
        var (partition, key) = Address(city, address);
        var row = await storage.Identifiers.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return row is { HasValue: true, Value: { } found }
            ? new(JsonSerializer.Deserialize<AddressLink[]>(found.GetString("Links"))!, found.GetInt32("Made")!.Value, found.ETag)
            : new([], 0, null);
    }

    /// <summary>False if somebody else changed the row since it was read; then nothing changed.</summary>
    public Task<bool> WriteAsync(CityId city, string address, AddressRow row, CancellationToken cancellationToken)
    {
        var (partition, key) = Address(city, address);
        var entity = new TableEntity(partition, key)
        {
            ["Links"] = JsonSerializer.Serialize(row.Links),
            ["Made"] = row.Made,
        };
        return row.ETag is { } etag
            ? storage.Identifiers.ReplaceIfUnchangedAsync(entity, etag, cancellationToken)
            : storage.Identifiers.AddIfAbsentAsync(entity, cancellationToken);
    }

    private static string Partition(CityId city, string source) => $"{city}|{source}";

    private (string Partition, string Key) Address(CityId city, string address)
    {
        var key = ids.AddressKey(city, address);
        return ($"{city}|@{key[..2]}", key);
    }
}
