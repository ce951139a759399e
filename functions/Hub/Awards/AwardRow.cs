using System.Text.Json;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>An award as a row of table Awards: partition = the id's first two characters, so that awards spread; row = the id.</summary>
internal static class AwardRow
{
    public static string Partition(AwardId awardId) => awardId.ToString()[..2];

    public static TableEntity Write(Award award)
    {
        return new TableEntity(Partition(award.Id), award.Id.ToString())
        {
            ["City"] = award.City.ToString(),
            ["Badge"] = award.Badge,
            ["BadgeVersion"] = award.BadgeVersion,
            ["Provider"] = award.Provider,
            ["Source"] = award.Source,
            ["LearnerKey"] = award.LearnerKey,
            ["Language"] = award.Language,
            ["AchievedAt"] = award.AchievedAt.ToString("O"),
            ["Evidence"] = JsonSerializer.Serialize(award.Evidence),
            ["Score"] = award.Score,
            ["State"] = award.State.ToString(),
            ["Standing"] = award.Standing.ToString(),
            ["IsPublic"] = award.IsPublic,
            ["StatusList"] = award.StatusList,
            ["StatusIndex"] = award.StatusIndex,
            ["History"] = JsonSerializer.Serialize(award.History),
            ["MailingSince"] = award.MailingSince,
        };
    }

    public static Award Read(TableEntity row) => new(
        AwardId.Parse(row.RowKey),
        CityId.Parse(row.GetString("City")),
        row.GetString("Badge"),
        row.GetInt32("BadgeVersion")!.Value,
        row.GetString("Provider"),
        row.GetString("Source"),
        row.GetString("LearnerKey"),
        row.GetString("Language"),
        DateTimeOffset.ParseExact(row.GetString("AchievedAt"), "O", null),
        JsonSerializer.Deserialize<Evidence[]>(row.GetString("Evidence"))!,
        row.GetDouble("Score"),
        Enum.Parse<AwardState>(row.GetString("State")),
        Enum.Parse<AwardStanding>(row.GetString("Standing")),
        row.GetBoolean("IsPublic")!.Value,
        row.GetInt32("StatusList"),
        row.GetInt32("StatusIndex"),
        JsonSerializer.Deserialize<AwardEvent[]>(row.GetString("History"))!)
    {
        MailingSince = row.GetDateTimeOffset("MailingSince"),
        ETag = row.ETag,
    };
}
