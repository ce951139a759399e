using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Claims;

/// <summary>The page behind an emailed link. However often it is fetched, and by whatever machine, it changes nothing.</summary>
public sealed class ClaimLink(ClaimService claims, CityDirectory cities, PublishedAchievements badges, PageRenderer pages)
{
    [Function(nameof(ClaimLink))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "claim/{token}")] HttpRequest request,
        string token,
        CancellationToken cancellationToken) =>
        await claims.LookAsync(token, cancellationToken) is { } award
            ? await pages.RenderAsync(
                request, await ClaimInvitation.InviteAsync(award, token, cities, badges, ClaimProblem.None, null, cancellationToken))
            : await pages.RenderAsync(request, new ClaimUnavailableView(), StatusCodes.Status404NotFound);
}
