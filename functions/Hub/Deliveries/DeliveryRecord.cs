using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Deliveries;

/// <summary>What became of a delivery, in the order of how much it wants a person's attention, least first.</summary>
public enum DeliveryOutcome
{
    NotForUs,
    Ping,
    Awarded,
    NoBadge,
    Withdrawn,
    UnknownLearner,
    Quarantined,
}

/// <summary>A delivery and what became of it, for stewards. No personal data.</summary>
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
/// <param name="AwardId">With <see cref="DeliveryOutcome.Awarded"/>.</param>
/// <param name="Reason">With what awarded nothing: why, in words a steward can act on.</param>
public sealed record DeliveryDecision(DeliveryOutcome Outcome, AwardId? AwardId, string? Badge, string? Reason);
