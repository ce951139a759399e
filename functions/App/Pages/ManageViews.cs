using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Publishing;

namespace CitiesOfLearning.App.Pages;

/// <summary>
/// <c>GET /manage/{city}/deliveries</c>. "Map again" posts to <c>/manage/{city}/deliveries/{source}/{delivery}/map-again</c>.
/// </summary>
/// <param name="Deliveries">Newest first.</param>
public sealed record DeliveriesView(City City, IReadOnlyList<DeliveryRecord> Deliveries, string? Csrf = null) : View<DeliveriesPage>
{
    internal override City? Owner => City;
}

/// <summary><c>GET /manage/{city}/awards/{awardId}</c>; its forms post <c>reason</c> to <c>revoke</c>, <c>suspend</c> and <c>resume</c>, and nothing to <c>slip</c>.</summary>
/// <param name="Notice">What was just done.</param>
/// <param name="Problem">Why it could not be done.</param>
public sealed record AwardView(City City, PublishedVersion Badge, Award Award, Sentence? Notice = null, Sentence? Problem = null, string? Csrf = null) : View<AwardPage>
{
    internal override City? Owner => City;
}

/// <summary>A slip to print for a learner without email. The only time that the code is shown.</summary>
/// <param name="Code">10 characters, shown as 5-5.</param>
public sealed record SlipView(City City, PublishedVersion Badge, string Code, string Word, DateTimeOffset Expires) : View<SlipPage>
{
    internal override City? Owner => City;
}
