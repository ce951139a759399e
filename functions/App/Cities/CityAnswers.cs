using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Cities;

internal static class CityAnswers
{
    public static Reply Public(PublicDocument? published) =>
        published is null ? Problems.NotFound() : Reply.Public(published).With("Vary", "Accept");

    public static async Task<IResult> BadgePageAsync(
        HttpRequest request,
        PageRenderer pages,
        PublishedAchievements badges,
        City city,
        BadgeClass newest,
        int version,
        CancellationToken cancellationToken) =>
        await badges.VersionAsync(city, newest.Id, version, cancellationToken) is { } published
            ? await pages.RenderAsync(request, new BadgeView(city, published, newest), cacheControl: PageRenderer.Cached)
            : Problems.NotFound();

    public static Reply Picture(PublicDocument? published) =>
        published is null ? Problems.NotFound() : Reply.Public(published).Inert();
}
