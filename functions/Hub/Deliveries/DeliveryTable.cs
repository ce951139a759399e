using System.Globalization;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Deliveries;

/// <summary>
/// What became of each delivery: table Deliveries. Beside the row of a delivery stands a pointer to it, in the city's own partition and
/// named so that the newest comes first: Table Storage sorts by key alone.
/// </summary>
public sealed class DeliveryTable(HubStorage storage)
{
    /// <summary>Writes down what became of the delivery this time. However often it is worked through, it stays one row.</summary>
    public async Task RecordAsync(RawDelivery delivery, IReadOnlyList<DeliveryDecision> decisions, CancellationToken cancellationToken)
    {
        var outcome = decisions.Count == 0 ? DeliveryOutcome.NotForUs : decisions.Max(d => d.Outcome);
        var record = new DeliveryRecord(
            delivery.City, delivery.Source, delivery.Delivery, delivery.Blob, delivery.ReceivedAt, outcome, decisions, Attempts: 1);
        DeliveryRecord? written;
        while ((written = await WriteAsync(record, cancellationToken)) is null)
        {
        }

        var pointer = new TableEntity(written.City.ToString(), PointerKey(written))
        {
            ["Source"] = written.Source,
            ["Delivery"] = written.Delivery
        };
        await storage.Deliveries.AddIfAbsentAsync(pointer, cancellationToken);
    }

    public async Task<DeliveryRecord?> FindAsync(CityId city, string source, string delivery, CancellationToken cancellationToken)
    {
        var row = await storage.Deliveries.GetEntityIfExistsAsync<TableEntity>(
            DeliveryRow.Partition(city, source), delivery, cancellationToken: cancellationToken);
        return row.HasValue ? DeliveryRow.Read(row.Value!) : null;
    }

    /// <summary>The city's latest deliveries, newest first.</summary>
    public async Task<IReadOnlyList<DeliveryRecord>> ListAsync(CityId city, int max, CancellationToken cancellationToken)
    {
        var pointers = await storage.Deliveries
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {city.ToString()}"), maxPerPage: max, cancellationToken: cancellationToken)
            .Take(max)
            .ToListAsync(cancellationToken);
        var records = await Task.WhenAll(
            pointers.Select(p => FindAsync(city, p.GetString("Source"), p.GetString("Delivery"), cancellationToken)));
        return [.. records.OfType<DeliveryRecord>()];
    }

    /// <summary>What stands in the row afterwards, or null if somebody else wrote in between.</summary>
    private async Task<DeliveryRecord?> WriteAsync(DeliveryRecord record, CancellationToken cancellationToken)
    {
        var found = await storage.Deliveries.GetEntityIfExistsAsync<TableEntity>(
            DeliveryRow.Partition(record.City, record.Source), record.Delivery, cancellationToken: cancellationToken);
        if (!found.HasValue)
        {
            return await storage.Deliveries.AddIfAbsentAsync(DeliveryRow.Write(record), cancellationToken) ? record : null;
        }

        var again = record with { Attempts = found.Value!.GetInt32("Attempts")!.Value + 1 };
        return await storage.Deliveries.ReplaceIfUnchangedAsync(DeliveryRow.Write(again), found.Value.ETag, cancellationToken)
            ? again
            : null;
    }

    private static string PointerKey(DeliveryRecord record) => string.Create(
        CultureInfo.InvariantCulture, $"{DateTime.MaxValue.Ticks - record.ReceivedAt.UtcTicks:D19}|{record.Source}|{record.Delivery}");
}
