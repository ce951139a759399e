using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>
/// An award in table Awards: a partition of its own, with the row <c>award</c>, the row <c>award-signed</c> with its signed forms once it
/// is issued, and a row <c>history-000001</c> for each line of its history, so that what belongs together is written in one transaction.
/// </summary>
internal static class AwardRow
{
    public const string Key = "award";
    public const string SignedKey = "award-signed";
    public const string HistoryPrefix = "history-";

    // UTF-8 in binary properties: as text, a property has room for half as much, and a letter with an accent would take six.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TableEntity Write(Award award)
    {
        var row = new TableEntity(award.Id.ToString(), Key)
        {
            ["City"] = award.City.ToString(),
            ["Badge"] = award.Badge,
            ["BadgeVersion"] = award.BadgeVersion,
            ["Provider"] = award.Provider,
            ["Source"] = award.Source,
            ["Delivery"] = award.Delivery,
            ["LearnerId"] = award.LearnerId,
            ["Language"] = award.Language,
            ["AchievedAt"] = award.AchievedAt.ToString("O", CultureInfo.InvariantCulture),
            ["Score"] = award.Score,
            ["TraceParent"] = award.TraceParent,
            ["State"] = award.State.ToString(),
            ["Standing"] = award.Standing.ToString(),
            ["IsPublic"] = award.IsPublic,
            ["StatusList"] = award.Status?.List,
            ["StatusIndex"] = award.Status?.Index,
            ["MailingSince"] = award.MailingSince,
            ["Events"] = award.Events,
            ["Switches"] = award.Switches,
            ["SwitchedOn"] = award.SwitchedOn?.ToString("O", CultureInfo.InvariantCulture),
        };
        LargeProperty.Write(row, "Evidence", JsonSerializer.SerializeToUtf8Bytes(award.Evidence, Json));
        if (award.Intent is { } intent)
        {
            LargeProperty.Write(row, "Intent", intent);
        }

        return row;
    }

    public static Award Read(TableEntity row) => Award.AsStored(
        new()
        {
            Id = AwardId.Parse(row.PartitionKey),
            City = CityId.Parse(row.GetString("City")),
            Badge = row.GetString("Badge"),
            BadgeVersion = row.GetInt32("BadgeVersion")!.Value,
            Provider = row.GetString("Provider"),
            Source = row.GetString("Source"),
            Delivery = row.GetString("Delivery"),
            LearnerId = row.GetString("LearnerId"),
            Language = row.GetString("Language"),
            AchievedAt = DateTimeOffset.ParseExact(row.GetString("AchievedAt"), "O", CultureInfo.InvariantCulture),
            Evidence = JsonSerializer.Deserialize<Evidence[]>(LargeProperty.Read(row, "Evidence"), Json)!,
            Score = row.GetDouble("Score"),
            TraceParent = row.GetString("TraceParent"),
            ETag = row.ETag,
        },
        new(
            Enum.Parse<AwardState>(row.GetString("State")),
            Enum.Parse<AwardStanding>(row.GetString("Standing")),
            row.GetBoolean("IsPublic")!.Value,
            row.GetInt32("StatusList") is { } list ? new StatusListEntry(list, row.GetInt32("StatusIndex")!.Value) : null,
            LargeProperty.Read(row, "Intent"),
            row.GetDateTimeOffset("MailingSince"),
            row.GetInt32("Events")!.Value,
            row.GetInt32("Switches") ?? 0,
            row.GetString("SwitchedOn") is { } day ? DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture) : null));

    public static TableEntity Write(AwardId award, SignedForms signed)
    {
        var row = new TableEntity(award.ToString(), SignedKey);
        LargeProperty.Write(row, "Jwt", signed.Jwt);
        LargeProperty.Write(row, "Embedded", signed.Embedded);
        return row;
    }

    public static SignedForms ReadSigned(TableEntity row) =>
        new(LargeProperty.Read(row, "Jwt")!, LargeProperty.Read(row, "Embedded")!);

    public static TableEntity Write(AwardId award, int number, AwardEvent line) =>
        new(award.ToString(), string.Create(CultureInfo.InvariantCulture, $"{HistoryPrefix}{number:D6}"))
        {
            ["What"] = line.What.ToString(),
            ["At"] = line.At,
            ["By"] = line.By.ToString(),
            ["Reason"] = line.Reason,
        };

    public static AwardEvent ReadEvent(TableEntity row) => new(
        Enum.Parse<AwardEventKind>(row.GetString("What")),
        row.GetDateTimeOffset("At")!.Value,
        Enum.Parse<AwardActor>(row.GetString("By")),
        row.GetString("Reason"));
}
