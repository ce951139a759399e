using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Verification;

namespace CitiesOfLearning.App.Badges;

/// <summary><c>GET /badges/{awardId}</c>, once the learner made it public. It never says whose badge it is.</summary>
/// <param name="Report">What verification says of it now.</param>
public sealed record ShareView(
    City City,
    BadgeClassVersion Badge,
    Provider? Provider,
    AwardId AwardId,
    DateTimeOffset AchievedAt,
    IReadOnlyList<Evidence> Evidence,
    VerificationReport Report)
    : View<SharePage>
{
    internal override City? Owner => City;
}
