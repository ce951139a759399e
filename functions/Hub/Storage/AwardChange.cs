using System.Text.Json;
using System.Text.Json.Serialization;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>What can happen to an award: a line of its history, and what a message says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AwardEventKind>))]
public enum AwardEventKind
{
    /// <summary>The city's rules said that it was earned.</summary>
    Decided,

    /// <summary>The delivery was mapped again before anything was signed, and says something else now.</summary>
    Amended,
    Issued,
    Notified,
    Claimed,
    Shared,
    Hidden,
    Suspended,
    Resumed,
    Revoked,
}

/// <summary>
/// One change of an award, for whoever cares: it travels in the queue of each that listens (<c>mail</c>).
/// </summary>
/// <param name="Number">Which line of the award's history it is, counted from 1.</param>
public sealed record AwardChange(AwardId Award, AwardEventKind What, int Number) : HubMessage
{
    /// <summary>When its mailbox sends it; null before it has a turn.</summary>
    public MailSlot? Slot { get; init; }

    [JsonIgnore]
    public override string Stage => "NOTIFY";

    [JsonIgnore]
    public override IEnumerable<KeyValuePair<string, object?>> Ids => [new("award", Award.ToString())];

    public override string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static AwardChange Read(string message) => JsonSerializer.Deserialize<AwardChange>(message, JsonSerializerOptions.Web)!;
}

/// <summary>One turn in the line of a mailbox.</summary>
/// <param name="Mailbox">The key of its row in table Mailboxes.</param>
public sealed record MailSlot(string Mailbox, DateTimeOffset At);
