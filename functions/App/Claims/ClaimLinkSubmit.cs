using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Claims;

/// <summary>CLAIM: needs the address that the message was sent to. Repeating it is harmless.</summary>
public sealed class ClaimLinkSubmit(
    ClaimService claims, CityDirectory cities, PublishedAchievements badges, HolderAccess access, HubUrls urls, PageRenderer pages)
{
    [Function(nameof(ClaimLinkSubmit))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "claim/{token}")] HttpRequest request,
        string token,
        CancellationToken cancellationToken)
    {
        var email = (await request.FieldsAsync(cancellationToken)).GetValueOrDefault("email");
        if (string.IsNullOrWhiteSpace(email))
        {
            return await AgainAsync(ClaimProblem.Missing, StatusCodes.Status400BadRequest);
        }

        switch (await claims.ClaimByLinkAsync(token, email, cancellationToken))
        {
            case ClaimResult.Claimed { Award: var award }:
                return ClaimAnswers.Claimed(request, award, access, urls);
            case ClaimResult.Wrong:
                return await AgainAsync(ClaimProblem.Wrong, StatusCodes.Status422UnprocessableEntity);
            case ClaimResult.TooManyTries { Wait: var wait }:
                request.HttpContext.Response.Headers.RetryAfter = Problems.Seconds(wait);
                return request.WantsHtml()
                    ? await AgainAsync(ClaimProblem.TooManyTries, StatusCodes.Status429TooManyRequests)
                    : Problems.TooMany(wait);
            default:
                return await AgainAsync(ClaimProblem.Wrong, StatusCodes.Status404NotFound);
        }

        async Task<IResult> AgainAsync(ClaimProblem problem, int status)
        {
            if (!request.WantsHtml())
            {
                return status == StatusCodes.Status404NotFound ? Problems.NotFound() : ClaimAnswers.Problem(problem, status);
            }

            return await claims.LookAsync(token, cancellationToken) is { } award
                ? await pages.RenderAsync(
                    request, await ClaimInvitation.InviteAsync(award, token, cities, badges, problem, email, cancellationToken), status)
                : await pages.RenderAsync(request, new ClaimUnavailableView(), StatusCodes.Status404NotFound);
        }
    }
}
