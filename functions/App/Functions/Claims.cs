using System.Text.Json.Nodes;
using CitiesOfLearning.App.Http;
using CitiesOfLearning.App.Pages;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Functions;

/// <summary>The page behind an emailed link. However often it is fetched, and by whatever machine, it changes nothing.</summary>
public sealed class ClaimLink(ClaimDesk desk, CityDirectory cities, PublishedBadges badges, PageRenderer pages)
{
    [Function(nameof(ClaimLink))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "claim/{token}")] HttpRequest request, string token, CancellationToken cancellationToken) =>
        await desk.LookAsync(TicketKind.Link, token, cancellationToken) is { } award
            ? await pages.RenderAsync(request, await ClaimViews.InviteAsync(award, token, cities, badges, ClaimProblem.None, null, cancellationToken))
            : await pages.RenderAsync(request, new ClaimUnavailableView(), StatusCodes.Status404NotFound);
}

/// <summary>CLAIM: needs the address that the message was sent to. Repeating it is harmless.</summary>
public sealed class ClaimLinkSubmit(ClaimDesk desk, CityDirectory cities, PublishedBadges badges, BadgeAccess access, HubUrls urls, PageRenderer pages)
{
    [Function(nameof(ClaimLinkSubmit))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "claim/{token}")] HttpRequest request, string token, CancellationToken cancellationToken)
    {
        var email = (await request.FieldsAsync(cancellationToken)).GetValueOrDefault("email");
        if (string.IsNullOrWhiteSpace(email))
        {
            return await AgainAsync(ClaimProblem.Missing, StatusCodes.Status400BadRequest);
        }

        switch (await desk.ClaimByLinkAsync(token, email, cancellationToken))
        {
            case ClaimResult.Claimed { Award: var award }:
                return ClaimAnswers.Claimed(request, award, access, urls);
            case ClaimResult.Wrong:
                return await AgainAsync(ClaimProblem.Wrong, StatusCodes.Status422UnprocessableEntity);
            case ClaimResult.TooManyTries { Wait: var wait }:
                request.HttpContext.Response.Headers.RetryAfter = Problems.Seconds(wait);
                return request.WantsPage() ? await AgainAsync(ClaimProblem.TooManyTries, StatusCodes.Status429TooManyRequests) : Problems.TooMany(wait);
            default:
                return await AgainAsync(ClaimProblem.Wrong, StatusCodes.Status404NotFound);
        }

        async Task<IResult> AgainAsync(ClaimProblem problem, int status)
        {
            if (!request.WantsPage())
            {
                return status == StatusCodes.Status404NotFound ? Problems.NotFound() : ClaimAnswers.Problem(problem, status);
            }

            return await desk.LookAsync(TicketKind.Link, token, cancellationToken) is { } award
                ? await pages.RenderAsync(request, await ClaimViews.InviteAsync(award, token, cities, badges, problem, email, cancellationToken), status)
                : await pages.RenderAsync(request, new ClaimUnavailableView(), StatusCodes.Status404NotFound);
        }
    }
}

/// <summary>Where a printed slip is typed in.</summary>
public sealed class ClaimSlip(PageRenderer pages)
{
    [Function(nameof(ClaimSlip))]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "claim")] HttpRequest request) =>
        pages.RenderAsync(request, new ClaimCodeView());
}

/// <summary>CLAIM with the code and the word of a printed slip. A wrong code and a wrong word look the same.</summary>
public sealed class ClaimSlipSubmit(ClaimDesk desk, BadgeAccess access, HubUrls urls, PageRenderer pages)
{
    [Function(nameof(ClaimSlipSubmit))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "claim")] HttpRequest request, CancellationToken cancellationToken)
    {
        var fields = await request.FieldsAsync(cancellationToken);
        var (code, word) = (fields.GetValueOrDefault("code"), fields.GetValueOrDefault("word"));
        if (string.IsNullOrWhiteSpace(code) || string.IsNullOrWhiteSpace(word))
        {
            return await AgainAsync(ClaimProblem.Missing, StatusCodes.Status400BadRequest);
        }

        switch (await desk.ClaimBySlipAsync(code, word, cancellationToken))
        {
            case ClaimResult.Claimed { Award: var award }:
                return ClaimAnswers.Claimed(request, award, access, urls);
            case ClaimResult.TooManyTries { Wait: var wait }:
                request.HttpContext.Response.Headers.RetryAfter = Problems.Seconds(wait);
                return request.WantsPage() ? await AgainAsync(ClaimProblem.TooManyTries, StatusCodes.Status429TooManyRequests) : Problems.TooMany(wait);
            default:
                return await AgainAsync(ClaimProblem.Wrong, StatusCodes.Status422UnprocessableEntity);
        }

        async Task<IResult> AgainAsync(ClaimProblem problem, int status) => request.WantsPage()
            ? await pages.RenderAsync(request, new ClaimCodeView(problem, code, word), status)
            : ClaimAnswers.Problem(problem, status);
    }
}

internal static class ClaimAnswers
{
    /// <summary>The badge opens in this browser; a program gets the addresses of its forms and the key that opens them.</summary>
    public static IResult Claimed(HttpRequest request, Award award, BadgeAccess access, HubUrls urls)
    {
        var key = access.Grant(award.Id);
        OwnerCookie.Set(request, award.Id, key);
        var address = urls.Credential(award.Id);
        return request.WantsPage() || request.IsForm()
            ? Reply.SeeOther($"/badges/{award.Id}{request.QueryString}")
            : Reply.Json(new JsonObject
            {
                ["badge"] = address,
                ["public"] = award.IsPublic,
                ["access"] = key,
                ["links"] = new JsonObject { ["png"] = address + ".png", ["svg"] = address + ".svg", ["json"] = address + ".json", ["jwt"] = address + ".jwt" },
            });
    }

    public static Reply Problem(ClaimProblem problem, int status) => problem == ClaimProblem.Missing
        ? Reply.Problem(status, "/problems/claim-missing", "Something is missing", "Send the address that the message was sent to (email), or the code and the word of the slip.")
        : Reply.Problem(status, "/problems/claim-wrong", "That is not right", "It must be the address that the message was sent to, or the code and the word on the slip.");
}

internal static class ClaimViews
{
    public static async Task<ClaimView> InviteAsync(
        Award award, string token, CityDirectory cities, PublishedBadges badges, ClaimProblem problem, string? typed, CancellationToken cancellationToken)
    {
        var city = (await cities.FindAsync(award.City, cancellationToken))!;
        return new ClaimView(city, await badges.OfAsync(award, city, cancellationToken), city.Providers[award.Provider], $"/claim/{token}", problem, typed);
    }
}
