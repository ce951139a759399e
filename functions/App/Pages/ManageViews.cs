using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.App.Pages;

/// <summary><c>GET /manage/{city}/deliveries</c></summary>
/// <param name="Unknown">Those that wait because nobody knows who the learner is, oldest first.</param>
/// <param name="Recent">All, newest first.</param>
/// <param name="Next">The address of older ones, if there are any.</param>
public sealed record DeliveriesView(City City, IReadOnlyList<DeliveryRow> Unknown, IReadOnlyList<DeliveryRow> Recent, string? Next = null, string? Csrf = null)
    : View<DeliveriesPage>
{
    internal override City? Owner => City;
}

/// <summary>One delivery and what became of it.</summary>
/// <param name="MapAgainAction">Where "map again" posts to; null where there is nothing to map.</param>
public sealed record DeliveryRow(string Id, DateTimeOffset ReceivedAt, string Source, IReadOnlyList<DeliveryOutcome> Outcomes, string? MapAgainAction);

/// <summary>What became of one completion in a delivery.</summary>
/// <param name="Detail">Why, in the words of the part that decided it.</param>
public sealed record DeliveryOutcome(DeliveryFate Fate, string? Detail = null, string? AwardId = null);

public enum DeliveryFate
{
    Received,
    Awarded,
    NoBadge,
    WhoIsThis,
    Failed,
}

/// <summary><c>GET /manage/{city}/awards/{awardId}</c>; its forms post <c>reason</c> to <c>revoke</c>, <c>suspend</c> and <c>resume</c>, and nothing to <c>slip</c>.</summary>
/// <param name="Notice">What was just done.</param>
/// <param name="Problem">Why it could not be done.</param>
public sealed record AwardView(City City, BadgeClass Badge, Award Award, Sentence? Notice = null, Sentence? Problem = null, string? Csrf = null) : View<AwardPage>
{
    internal override City? Owner => City;
}

/// <summary>A slip to print for a learner without email. The only time that the code is shown.</summary>
/// <param name="Code">10 characters, shown as 5-5.</param>
public sealed record SlipView(City City, BadgeClass Badge, string Code, string Word, DateTimeOffset Expires) : View<SlipPage>
{
    internal override City? Owner => City;
}
