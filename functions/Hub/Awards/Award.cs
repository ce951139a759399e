using Azure;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>How far an award has come; it only ever moves forward.</summary>
public enum AwardState
{
    Decided,
    Issued,
    Notified,
    Claimed,
}

/// <summary>Whether an award still stands.</summary>
public enum AwardStanding
{
    Good,
    Suspended,
    Revoked,
}

/// <summary>One badge class earned by one learner: the row behind a credential.</summary>
/// <param name="Id">26 characters of Crockford base32; the credential is <c>{PublicUrl}/badges/{Id}</c>.</param>
/// <param name="LearnerKey">Who, as a keyed hash; the address is in the learner's row only.</param>
/// <param name="Language">The language the credential is written in.</param>
/// <param name="AchievedAt">When it was finished, as the sender said.</param>
/// <param name="IsPublic">Whether the learner shares it. False until they choose.</param>
/// <param name="StatusIndex">The entry in the city's status lists, once allocated.</param>
/// <param name="StatusList">Which of the city's lists, counted from 1.</param>
/// <param name="History">What happened and when, oldest first.</param>
public sealed record Award(
    AwardId Id,
    CityId City,
    string Badge,
    int BadgeVersion,
    string Provider,
    string Source,
    string LearnerKey,
    string Language,
    DateTimeOffset AchievedAt,
    IReadOnlyList<Evidence> Evidence,
    double? Score,
    AwardState State,
    AwardStanding Standing,
    bool IsPublic,
    int? StatusList,
    int? StatusIndex,
    IReadOnlyList<AwardEvent> History)
{
    /// <summary>When somebody began to send the claim message, until it is known to be sent: nobody else sends it meanwhile.</summary>
    public DateTimeOffset? MailingSince { get; init; }

    /// <summary>The row's version, for conditional writes.</summary>
    public ETag ETag { get; init; }
}

/// <summary>One change of an award. <paramref name="Reason"/> is a steward's words, if there are any.</summary>
public sealed record AwardEvent(DateTimeOffset At, string What, string? Reason);
