using System.Diagnostics.Metrics;
using Azure;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;

namespace CitiesOfLearning.Hub.Deliveries;

/// <summary>What came first under a delivery key, which is what counts, for ever.</summary>
/// <param name="Attempts">How often it was worked through.</param>
public sealed record FirstDelivery(string Blob, DateTimeOffset ReceivedAt, int Attempts, ETag ETag);

/// <summary>What became of each delivery: table Deliveries. However often one is worked through, it stays one.</summary>
public sealed class DeliveryTable(HubStorage storage, PersonalData personalData)
{
    private static readonly Counter<long> Outcomes = HubTelemetry.Meter.CreateCounter<long>(
        "hub.deliveries", "{delivery}", "Deliveries that were worked through");

    /// <summary>Null if it was never worked through.</summary>
    public async Task<FirstDelivery?> FirstAsync(CityId city, string source, string delivery, CancellationToken cancellationToken)
    {
        var row = await storage.Deliveries.GetEntityIfExistsAsync<TableEntity>(
            city.ToString(), DeliveryRow.IdKey(source, delivery), cancellationToken: cancellationToken);
        return row.HasValue ? DeliveryRow.ReadId(row.Value!) : null;
    }

    /// <summary>Writes down what became of the delivery this time.</summary>
    /// <param name="first">As <see cref="FirstAsync"/> found it.</param>
    public async Task RecordAsync(
        RawDelivery delivery, FirstDelivery? first, IReadOnlyList<DeliveryDecision> decisions, CancellationToken cancellationToken)
    {
        var outcome = decisions.Count == 0 ? DeliveryOutcome.NotACompletion : decisions.Max(d => d.Outcome);
        while (true)
        {
            var record = new DeliveryRecord(
                delivery.City,
                delivery.Source,
                delivery.Delivery,
                delivery.Blob,
                first?.ReceivedAt ?? delivery.ReceivedAt,
                outcome,
                decisions,
                (first?.Attempts ?? 0) + 1);
            if (await WriteAsync(record, first?.ETag, cancellationToken))
            {
                Outcomes.Add(1, new("outcome", outcome.ToString()), new("city", delivery.City.ToString()));
                return;
            }

            first = await FirstAsync(delivery.City, delivery.Source, delivery.Delivery, cancellationToken);
        }
    }

    /// <summary>Source and id of each delivery that came since then and was worked through.</summary>
    public async Task<IReadOnlySet<(string Source, string Delivery)>> SinceAsync(
        CityId city, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {city.ToString()} and RowKey lt {DeliveryRow.NewestKey(since, "", "")}");
        return await storage.Deliveries
            .QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken)
            .Select(row => row.RowKey.Split('|'))
            .Select(key => (key[1], key[2]))
            .ToHashSetAsync(cancellationToken: cancellationToken);
    }

    /// <summary>The city's deliveries, newest first.</summary>
    /// <param name="after">Begins behind this one, as <see cref="DeliveryPage.Next"/> named it; null: with the newest.</param>
    public async Task<DeliveryPage> ListAsync(CityId city, int max, string? after, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {city.ToString()} and RowKey gt {after ?? ""} and RowKey lt {DeliveryRow.FirstId}");
        var page = await storage.Deliveries
            .QueryAsync<TableEntity>(filter, maxPerPage: max, cancellationToken: cancellationToken)
            .AsPages()
            .FirstAsync(cancellationToken);
        return new(
            [.. page.Values.Select(row => DeliveryRow.Read(row, personalData))],
            page.ContinuationToken is null ? null : page.Values[^1].RowKey);
    }

    private async Task<bool> WriteAsync(DeliveryRecord record, ETag? read, CancellationToken cancellationToken)
    {
        var (id, row) = (DeliveryRow.WriteId(record), DeliveryRow.Write(record, personalData));
        try
        {
            await storage.Deliveries.SubmitTransactionAsync(
                read is { } etag
                    ? [new(TableTransactionActionType.UpdateReplace, id, etag), new(TableTransactionActionType.UpsertReplace, row)]
                    : [new(TableTransactionActionType.Add, id), new(TableTransactionActionType.UpsertReplace, row)],
                cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }
}

/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record DeliveryPage(IReadOnlyList<DeliveryRecord> Deliveries, string? Next);
