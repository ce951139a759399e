using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Upkeep;

/// <summary>A message that failed five times, or was put off for seven days. It waits for a person, however long that takes.</summary>
/// <param name="City">Whose it is; null where that cannot be known.</param>
/// <param name="Queue">Where it came from, and where it goes again.</param>
/// <param name="Message">Null if it is none of the hub's.</param>
/// <param name="Text">As it was found in the queue.</param>
/// <param name="Error">The type of what was thrown last, if that is known.</param>
public sealed record DeadLetter(
    CityId? City, string Queue, HubMessage? Message, string Text, string? Error, DateTimeOffset FailedAt)
{
    internal const string NoCity = "_none";

    /// <summary>The same whenever the same message fails again; letters, digits, points and hyphens.</summary>
    public string Id => Message switch
    {
        DeliveryMessage m => $"{Queue}.{m.Source}.{m.Delivery}",
        AwardMessage.Issue m => $"{Queue}.issue.{m.Award}",
        AwardMessage.PublishStatus m => $"{Queue}.status.{m.Award}",
        AwardChange m => $"{Queue}.{m.Award}",
        _ => $"{Queue}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}",
    };

    /// <summary>The award that it is about; null for a delivery.</summary>
    public AwardId? Award => Message switch
    {
        AwardMessage.Issue m => m.Award,
        AwardMessage.PublishStatus m => m.Award,
        AwardChange m => m.Award,
        _ => null,
    };

    internal TableEntity Write()
    {
        var row = new TableEntity(City?.ToString() ?? NoCity, Id)
        {
            ["Queue"] = Queue,
            ["Text"] = Text,
            ["FailedAt"] = FailedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        };
        if (Error is not null)
        {
            row["Error"] = Error;
        }

        return row;
    }

    internal static DeadLetter Read(TableEntity row) => new(
        row.PartitionKey == NoCity ? null : CityId.Parse(row.PartitionKey),
        row.GetString("Queue"),
        HubMessage.TryRead(row.GetString("Queue"), row.GetString("Text")),
        row.GetString("Text"),
        row.GetString("Error"),
        DateTimeOffset.ParseExact(row.GetString("FailedAt"), "O", CultureInfo.InvariantCulture));
}

/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Letters, string? Next);
