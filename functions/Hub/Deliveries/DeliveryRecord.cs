using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Deliveries;

/// <summary>
/// What became of a delivery, in the order of how much it wants a person's attention, least first. In JSON, on pages and in docs they have
/// the same names, written in camel case.
/// </summary>
public enum DeliveryOutcome
{
    NotACompletion,

    /// <summary>The sender tried its connection.</summary>
    Ping,

    /// <summary>Another delivery had earned this badge for this learner; nothing new is awarded.</summary>
    AlreadyHeld,
    Awarded,
    NoBadge,

    /// <summary>It was held once, and the city revoked it: a steward can award it again.</summary>
    TakenBack,

    /// <summary>The sender says that a completion no longer counts: nothing is revoked until a person decides so.</summary>
    Withdrawn,

    /// <summary>For a person, who says whose it is.</summary>
    Waiting,

    /// <summary>It says that something was completed, but not in a way that can be used.</summary>
    Unreadable,
}

/// <summary>A delivery and what became of it, for stewards.</summary>
/// <param name="Outcome">Of a batch, what wants attention most.</param>
/// <param name="Attempts">How often it was worked through, replays included.</param>
public sealed record DeliveryRecord(
    CityId City,
    string Source,
    string Delivery,
    string Blob,
    DateTimeOffset ReceivedAt,
    DeliveryOutcome Outcome,
    IReadOnlyList<DeliveryDecision> Decisions,
    int Attempts);

/// <summary>What became of one event of a delivery.</summary>
/// <param name="AwardId">The award that it earned, that was there already, or that it takes back.</param>
/// <param name="Reason">With what awarded nothing: why. With an award: what of the completion could not be used.</param>
/// <param name="Learner">Who, as the sender says, cut to what a list can show; kept encrypted.</param>
/// <param name="Activity">What was finished, as the sender names it, cut alike.</param>
/// <param name="Question">While it waits: where a steward answers.</param>
public sealed record DeliveryDecision(
    DeliveryOutcome Outcome,
    AwardId? AwardId = null,
    string? Badge = null,
    TextKey? Reason = null,
    ShownLearner? Learner = null,
    string? Activity = null,
    DateTimeOffset? OccurredAt = null,
    string? Question = null);

/// <summary>What a list shows of a learner.</summary>
public sealed record ShownLearner(string? Account, string? Name);
