using System.Globalization;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Cities;

/// <summary>
/// PUBLISH: one version of a badge class, for ever: <c>v1</c>, <c>v1.json</c>, <c>v1.cy.json</c>, <c>v1.png</c>, <c>v1.svg</c>.
/// </summary>
public sealed class CityBadgeVersion(CityDirectory cities, PublishedAchievements badges, PageRenderer pages)
{
    [Function(nameof(CityBadgeVersion))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/badges/{badge}/{file}")] HttpRequest request,
        string city,
        string badge,
        string file,
        CancellationToken cancellationToken)
    {
        var parts = file.Split('.');
        if (!CityId.TryParse(city, out var id)
            || parts[0] is not ['v', .. var number]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return Problems.NotFound();
        }

        switch (parts)
        {
            case [_] when request.WantsHtml():
                return await cities.FindAsync(id, cancellationToken) is { } found && found.Badges.TryGetValue(badge, out var known)
                    ? await CityAnswers.BadgePageAsync(request, pages, badges, found, known, version, cancellationToken)
                    : Problems.NotFound();
            case [_] or [_, "json"]:
                return CityAnswers.Public(await badges.DocumentAsync(id, badge, version, null, cancellationToken));
            case [_, var language, "json"]:
                return CityAnswers.Public(await badges.DocumentAsync(id, badge, version, language, cancellationToken));
            case [_, "png" or "svg"]:
                return CityAnswers.Picture(await badges.ImageAsync(id, badge, version, parts[1], cancellationToken));
            default:
                return Problems.NotFound();
        }
    }
}
