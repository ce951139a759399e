using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.App.Staff;

/// <summary>
/// <c>GET /manage/{city}/awards/{awardId}</c>; its forms post <c>reason</c> to <c>revoke</c>, <c>suspend</c> and <c>resume</c>, and nothing
/// to <c>slip</c>.
/// </summary>
/// <param name="History">Oldest first.</param>
/// <param name="Problem">Why it could not be done.</param>
public sealed record AwardView(
    City City,
    BadgeClassVersion Badge,
    Award Award,
    IReadOnlyList<AwardEvent> History,
    TextKey? Problem = null) : View<AwardPage>
{
    internal override City? Owner => City;
}
