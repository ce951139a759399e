using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;

namespace CitiesOfLearning.App.Claims;

internal static class ClaimInvitation
{
    public static async Task<ClaimView> InviteAsync(
        Award award,
        string token,
        CityDirectory cities,
        PublishedAchievements badges,
        ClaimProblem problem,
        string? typed,
        CancellationToken cancellationToken)
    {
        var city = (await cities.FindAsync(award.City, cancellationToken))!;
        var badge = await badges.ForAwardAsync(award, city, cancellationToken);
        return new ClaimView(city, badge, city.Providers[award.Provider], $"/claim/{token}", problem, typed);
    }
}
