using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Cities;

internal static class CityAnswers
{
    public static Reply Public(Published? published) =>
        published is null ? Problems.NotFound() : Reply.Public(published).With("Vary", "Accept");

    public static async Task<IResult> BadgePageAsync(
        HttpRequest request,
        PageRenderer pages,
        PublishedBadges badges,
        City city,
        BadgeClass newest,
        int version,
        CancellationToken cancellationToken) =>
        await badges.VersionAsync(city, newest.Id, version, cancellationToken) is { } published
            ? await pages.RenderAsync(request, new BadgeView(city, published, newest), cacheControl: PageRenderer.Cached)
            : Problems.NotFound();

    /// <summary>A picture is a document too: nothing in it may run or load.</summary>
    public static Reply Public(Published? published, string contentSecurityPolicy) =>
        published is null ? Problems.NotFound() : Reply.Public(published).With("Content-Security-Policy", contentSecurityPolicy);
}
