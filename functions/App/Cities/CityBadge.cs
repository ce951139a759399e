using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Cities;

/// <summary>PUBLISH: the newest version of a badge class.</summary>
public sealed class CityBadge(CityDirectory cities, PublishedAchievements badges, PageRenderer pages)
{
    [Function(nameof(CityBadge))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/badges/{badge}")] HttpRequest request,
        string city,
        string badge,
        CancellationToken cancellationToken)
    {
        if (await cities.FindAsync(city, cancellationToken) is not { } found || !found.Badges.TryGetValue(badge, out var known))
        {
            return Problems.NotFound();
        }

        return request.WantsHtml()
            ? await CityAnswers.BadgePageAsync(request, pages, badges, found, known, known.Version, cancellationToken)
            : CityAnswers.Public(await badges.DocumentAsync(found.Id, badge, known.Version, null, cancellationToken) is { } newest
                ? newest with { MaxAge = PublicDocument.Short }
                : null);
    }
}
