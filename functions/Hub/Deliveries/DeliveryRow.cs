using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Deliveries;

/// <summary>
/// A delivery in table Deliveries, in the partition of its city: a row to find it by (<c>id|{source}|{delivery}</c>), and one that says
/// what became of it, named so that the newest comes first: Table Storage sorts by key alone.
/// </summary>
internal static class DeliveryRow
{
    /// <summary>Above it lie the rows that say what became of a delivery; they begin with a digit.</summary>
    public const string FirstId = "id|";

    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // shorter; no page shows it as it is
        Converters = { new JsonStringEnumConverter() },
    };

    public static string IdKey(string source, string delivery) => $"{FirstId}{source}|{delivery}";

    public static string NewestKey(DateTimeOffset receivedAt, string source, string delivery) => string.Create(
        CultureInfo.InvariantCulture, $"{DateTime.MaxValue.Ticks - receivedAt.UtcTicks:D19}|{source}|{delivery}");

    public static TableEntity WriteId(DeliveryRecord record) =>
        new(record.City.ToString(), IdKey(record.Source, record.Delivery))
        {
            ["Blob"] = record.Blob,
            ["ReceivedAt"] = record.ReceivedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            ["Attempts"] = record.Attempts,
        };

    public static FirstDelivery ReadId(TableEntity row) => new(
        row.GetString("Blob"),
        DateTimeOffset.ParseExact(row.GetString("ReceivedAt"), "O", CultureInfo.InvariantCulture),
        row.GetInt32("Attempts")!.Value,
        row.ETag);

    public static TableEntity Write(DeliveryRecord record, PersonalData personalData)
    {
        var row = new TableEntity(record.City.ToString(), NewestKey(record.ReceivedAt, record.Source, record.Delivery))
        {
            ["Blob"] = record.Blob,
            ["Outcome"] = record.Outcome.ToString(),
            ["Attempts"] = record.Attempts,
        };
        var decisions = JsonSerializer.SerializeToUtf8Bytes(record.Decisions, Json);
        LargeProperty.Write(row, "Decisions", personalData.Encrypt(decisions, Place(row)));
        return row;
    }

    public static DeliveryRecord Read(TableEntity row, PersonalData personalData)
    {
        var (until, source, delivery) = row.RowKey.Split('|') is [var t, var s, var d]
            ? (t, s, d)
            : throw new FormatException("Not the key of a delivery.");
        var receivedAt = DateTime.MaxValue.Ticks - long.Parse(until, CultureInfo.InvariantCulture);
        return new DeliveryRecord(
            CityId.Parse(row.PartitionKey),
            source,
            delivery,
            row.GetString("Blob"),
            new DateTimeOffset(receivedAt, TimeSpan.Zero),
            Enum.Parse<DeliveryOutcome>(row.GetString("Outcome")),
            JsonSerializer.Deserialize<DeliveryDecision[]>(
                personalData.Decrypt(LargeProperty.Read(row, "Decisions"), Place(row)), Json)!,
            row.GetInt32("Attempts")!.Value);
    }

    private static string Place(TableEntity row) => $"{row.PartitionKey}/{row.RowKey}";
}
