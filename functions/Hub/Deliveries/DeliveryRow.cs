using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Deliveries;

/// <summary>A row of table Deliveries: <c>{city}|{source}</c>, delivery.</summary>
internal static class DeliveryRow
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // shorter; no page shows it as it is
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Partition(CityId city, string source) => $"{city}|{source}";

    public static TableEntity Write(DeliveryRecord record) => new(Partition(record.City, record.Source), record.Delivery)
    {
        ["Blob"] = record.Blob,
        ["ReceivedAt"] = record.ReceivedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        ["Outcome"] = record.Outcome.ToString(),
        ["Decisions"] = JsonSerializer.SerializeToUtf8Bytes(record.Decisions, Json), // binary: 64 KiB, where text has room for half as much
        ["Attempts"] = record.Attempts,
    };

    public static DeliveryRecord Read(TableEntity row)
    {
        var (city, source) = row.PartitionKey.Split('|') is [var c, var s]
            ? (c, s)
            : throw new FormatException("Not the key of a delivery.");
        return new DeliveryRecord(
            CityId.Parse(city),
            source,
            row.RowKey,
            row.GetString("Blob"),
            DateTimeOffset.ParseExact(row.GetString("ReceivedAt"), "O", CultureInfo.InvariantCulture),
            Enum.Parse<DeliveryOutcome>(row.GetString("Outcome")),
            JsonSerializer.Deserialize<DeliveryDecision[]>(row.GetBinary("Decisions"), Json)!,
            row.GetInt32("Attempts")!.Value);
    }
}
