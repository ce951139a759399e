using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Learners;

/// <summary>That an address leads to a learner, and by which account at which source (null: by the address alone).</summary>
/// <param name="Name">
/// A keyed hash of each word of the name that was said with it: tells two apart of whom nothing else is written down yet.
/// </param>
public sealed record AddressLink(string Learner, string? Source, string? Account, IReadOnlyList<string>? Name = null);

/// <summary>Everybody an address leads to: a family may share one.</summary>
/// <param name="Made">How many learners were ever made under it: the next one's id is another, whoever has left.</param>
public sealed record AddressRow(IReadOnlyList<AddressLink> Links, int Made, ETag? ETag)
{
    public IReadOnlyList<string> Learners { get; } = [.. Links.Select(l => l.Learner).Distinct()];
}

/// <summary>An account at a source, or a name at an address there: whom it leads to, and what was said of it.</summary>
/// <param name="Key">Its keyed hash.</param>
/// <param name="Learner">Null until something is earned.</param>
public sealed record AccountRow(string Key, string? Learner = null, ETag? ETag = null)
{
    /// <summary>The roster's line; null if it is in none.</summary>
    public SaidLearner? Word { get; init; }

    /// <summary>When that was said.</summary>
    public DateTimeOffset WordAt { get; init; }

    /// <summary>A steward said that it earns no badges here.</summary>
    public bool IsNotOurs { get; init; }

    /// <summary>Keyed hash of an address that is not the learner's own, a steward said.</summary>
    public string? NotAt { get; init; }

    /// <summary>Keyed hash of the address that completions said last, and that the learner has heard: said again, it is no news.</summary>
    public string? Heard { get; init; }
}

/// <summary>
/// What leads to a learner: table Identifiers, every key in it a keyed hash. An account at a source: <c>{city}|{source}</c>, account; with
/// the roster's line, encrypted, if it stands in one. An address: <c>{city}|@{first two characters}</c>, address; one row, so that two who
/// come at once under one address are told apart.
/// </summary>
public sealed class IdentifierTable(HubStorage storage, HubIds ids, PersonalData personalData)
{
    private const int MaxTransaction = 100;

    /// <summary>What is known of the account; leads to nobody if nothing is.</summary>
    /// <param name="key">As <see cref="HubIds"/> writes it.</param>
    public async Task<AccountRow> FindAsync(CityId city, string source, string key, CancellationToken cancellationToken)
    {
        var row = await storage.Identifiers.GetEntityIfExistsAsync<TableEntity>(
            Partition(city, source), key, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : new(key);
    }

    /// <summary>Every account of a source that is known, by its key.</summary>
    public async Task<IReadOnlyDictionary<string, AccountRow>> AccountsAsync(
        CityId city, string source, CancellationToken cancellationToken) => await storage.Identifiers
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Partition(city, source)}"), cancellationToken: cancellationToken)
            .Select(Read)
            .ToDictionaryAsync(r => r.Key, cancellationToken: cancellationToken);

    /// <param name="row">As <see cref="FindAsync(CityId, string, string, CancellationToken)"/> found it.</param>
    /// <param name="heard">The address that the learner hears by this or has already, as <see cref="AccountRow.Heard"/>.</param>
    /// <returns>The learner whom the account leads to from now on: whoever was first.</returns>
    public async Task<string> LinkAsync(
        CityId city, string source, AccountRow row, string learner, string? heard, CancellationToken cancellationToken)
    {
        var linked = await ChangeAsync(
            city, source, row, r => r.Learner is null ? r with { Learner = learner, Heard = heard } : r, cancellationToken);
        return linked.Learner!;
    }

    /// <summary>Changes what is known of an account; again, as it is now, if somebody else did since it was read.</summary>
    public async Task<AccountRow> ChangeAsync(
        CityId city, string source, AccountRow row, Func<AccountRow, AccountRow> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = change(row);
            if (next == row
                || (row.ETag is { } etag
                    ? await storage.Identifiers.ReplaceIfUnchangedAsync(Write(city, source, next), etag, cancellationToken)
                    : await storage.Identifiers.AddIfAbsentAsync(Write(city, source, next), cancellationToken)))
            {
                return next;
            }

            row = await FindAsync(city, source, row.Key, cancellationToken);
        }
    }

    /// <summary>Writes accounts of a source, a hundred at a time.</summary>
    /// <returns>Those that were not written: somebody else changed one of their hundred since they were read.</returns>
    public async Task<IReadOnlyList<AccountRow>> WriteAsync(
        CityId city, string source, IEnumerable<AccountRow> rows, CancellationToken cancellationToken)
    {
        var late = new List<AccountRow>();
        foreach (var hundred in rows.Chunk(MaxTransaction))
        {
            try
            {
                await storage.Identifiers.SubmitTransactionAsync(
                    hundred.Select(r => r.ETag is { } etag
                        ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, Write(city, source, r), etag)
                        : new TableTransactionAction(TableTransactionActionType.Add, Write(city, source, r))),
                    cancellationToken);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                late.AddRange(hundred);
            }
        }

        return late;
    }

    public async Task<AddressRow> AtAsync(CityId city, string address, CancellationToken cancellationToken)
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

    private TableEntity Write(CityId city, string source, AccountRow row)
    {
        var entity = new TableEntity(Partition(city, source), row.Key)
        {
            ["Learner"] = row.Learner,
            ["NotOurs"] = row.IsNotOurs ? true : null,
            ["NotAt"] = row.NotAt,
            ["Heard"] = row.Heard,
        };
        if (row.Word is not null)
        {
            entity["Word"] = personalData.Encrypt(JsonSerializer.SerializeToUtf8Bytes(row.Word), Place(entity));
            entity["WordAt"] = row.WordAt;
        }

        return entity;
    }

    private AccountRow Read(TableEntity row) => new(row.RowKey, row.GetString("Learner"), row.ETag)
    {
        Word = row.GetBinary("Word") is { } word ? JsonSerializer.Deserialize<SaidLearner>(personalData.Decrypt(word, Place(row))) : null,
        WordAt = row.GetDateTimeOffset("WordAt") ?? default,
        IsNotOurs = row.GetBoolean("NotOurs") ?? false,
        NotAt = row.GetString("NotAt"),
        Heard = row.GetString("Heard"),
    };

    private static string Place(TableEntity row) => $"{row.PartitionKey}/{row.RowKey}";

    private static string Partition(CityId city, string source) => $"{city}|{source}";

    private (string Partition, string Key) Address(CityId city, string address)
    {
        var key = ids.AddressKey(city, address);
        return ($"{city}|@{key[..2]}", key);
    }
}
