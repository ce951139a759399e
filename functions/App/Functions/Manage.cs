using System.Text.Json.Nodes;
using CitiesOfLearning.App.Http;
using CitiesOfLearning.App.Pages;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Functions;

/// <summary>What a steward sees of the city's deliveries: what became of each, and why.</summary>
public sealed class ManageDeliveries(StaffDoor door, DeliveryLog log, PageRenderer pages)
{
    private const int Most = 100;

    [Function(nameof(ManageDeliveries))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "manage/{city}/deliveries")] HttpRequest request, string city, CancellationToken cancellationToken) =>
        door.EnterAsync(request, city, async found =>
        {
            var records = await log.ListAsync(found.Id, Most, cancellationToken);
            if (!request.WantsPage())
            {
                return Reply.Json(new JsonArray([.. records.Select(Json)]));
            }

            return await pages.RenderAsync(request, new DeliveriesView(found, records));
        }, cancellationToken);

    private static JsonNode Json(DeliveryRecord record) => new JsonObject
    {
        ["delivery"] = record.Delivery,
        ["source"] = record.Source,
        ["receivedAt"] = record.ReceivedAt,
        ["outcome"] = record.Outcome.ToString(),
        ["attempts"] = record.Attempts,
        ["decisions"] = new JsonArray([.. record.Decisions.Select(d => new JsonObject
        {
            ["outcome"] = d.Outcome.ToString(), ["award"] = d.AwardId, ["badge"] = d.Badge, ["reason"] = d.Reason,
        })]),
    };
}

/// <summary>Works a delivery through again, with today's rules and roster.</summary>
public sealed class ManageMapAgain(StaffDoor door, DeliveryHandler handler)
{
    [Function(nameof(ManageMapAgain))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/{city}/deliveries/{source}/{delivery}/map-again")] HttpRequest request,
        string city,
        string source,
        string delivery,
        CancellationToken cancellationToken) =>
        door.EnterAsync(request, city, async _ =>
            !await handler.MapAgainAsync(city, source, delivery, cancellationToken) ? Problems.NotFound()
            : request.WantsPage() ? Reply.SeeOther($"/manage/{city}/deliveries{request.QueryString}")
            : Reply.Json(new JsonObject { ["delivery"] = delivery }), cancellationToken);
}

/// <summary>One award: its state, its history, and what a steward may do to it.</summary>
public sealed class ManageAward(StaffDoor door, AwardBook awards, PublishedBadges badges, PageRenderer pages)
{
    [Function(nameof(ManageAward))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "manage/{city}/awards/{awardId}")] HttpRequest request,
        string city,
        string awardId,
        CancellationToken cancellationToken) =>
        door.EnterAsync(request, city, async found =>
        {
            if (await awards.FindAsync(awardId, cancellationToken) is not { } award || award.City != city)
            {
                return Problems.NotFound();
            }

            return request.WantsPage()
                ? await pages.RenderAsync(request, new AwardView(found, await badges.OfAsync(award, found, cancellationToken), award))
                : Reply.Json(Json(award));
        }, cancellationToken);

    internal static JsonObject Json(Award award) => new()
    {
        ["award"] = award.Id,
        ["badge"] = award.Badge,
        ["version"] = award.BadgeVersion,
        ["state"] = award.State.ToString(),
        ["standing"] = award.Standing.ToString(),
        ["public"] = award.IsPublic,
        ["history"] = new JsonArray([.. award.History.Select(h => new JsonObject { ["at"] = h.At, ["what"] = h.What, ["reason"] = h.Reason })]),
    };
}

/// <summary>Revokes, suspends or resumes an award; verification changes at once. Its name sorts after the slip's, whose route it also matches.</summary>
public sealed class ManageAwardStanding(StaffDoor door, Stewardship stewardship, AwardBook awards, PublishedBadges badges, PageRenderer pages)
{
    [Function(nameof(ManageAwardStanding))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/{city}/awards/{awardId}/{change}")] HttpRequest request,
        string city,
        string awardId,
        string change,
        CancellationToken cancellationToken) =>
        door.EnterAsync(request, city, async found =>
        {
            var reason = (await request.FieldsAsync(cancellationToken)).GetValueOrDefault("reason")?.Trim();
            if (reason is null or { Length: 0 or > 500 })
            {
                return await AgainAsync(
                    request, found, awardId, "Award.reasonMissing", Problems.BadRequest("Say why, in \"reason\" (500 characters at most). It is kept with the award; name nobody."));
            }

            var result = change switch
            {
                "revoke" => await stewardship.RevokeAsync(city, awardId, reason, cancellationToken),
                "suspend" => await stewardship.SuspendAsync(city, awardId, reason, cancellationToken),
                "resume" => await stewardship.ResumeAsync(city, awardId, reason, cancellationToken),
                _ => StewardResult.NotFound,
            };
            return result switch
            {
                StewardResult.NotFound => Problems.NotFound(),
                StewardResult.NotPossible => await AgainAsync(
                    request, found, awardId, "Award.final", Problems.Conflict("The badge was revoked, and a revoked badge stays revoked.")),
                _ when request.IsForm() => Reply.SeeOther($"/manage/{city}/awards/{awardId}{request.QueryString}"),
                _ => Reply.Json(ManageAward.Json((await awards.FindAsync(awardId, cancellationToken))!)),
            };
        }, cancellationToken);

    private async Task<IResult> AgainAsync(HttpRequest request, City city, string awardId, string sentence, Reply problem) =>
        request.WantsPage() && await awards.FindAsync(awardId, request.HttpContext.RequestAborted) is { } award && award.City == city.Id
            ? await pages.RenderAsync(request, new AwardView(city, await badges.OfAsync(award, city, request.HttpContext.RequestAborted), award, Problem: new Sentence(sentence)), problem.Status)
            : problem;
}

/// <summary>Prints a slip for a learner without email. Each press makes a new one; earlier slips stay good.</summary>
public sealed class ManageAwardSlip(StaffDoor door, AwardBook awards, PublishedBadges badges, ClaimTickets tickets, PageRenderer pages)
{
    [Function(nameof(ManageAwardSlip))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/{city}/awards/{awardId}/slip")] HttpRequest request,
        string city,
        string awardId,
        CancellationToken cancellationToken) =>
        door.EnterAsync(request, city, async found =>
        {
            if (await awards.FindAsync(awardId, cancellationToken) is not { } award || award.City != city || award.State == AwardState.Decided)
            {
                return Problems.NotFound();
            }

            var (code, word, expires) = await tickets.CreateSlipAsync(awardId, cancellationToken);
            return request.WantsPage()
                ? await pages.RenderAsync(request, new SlipView(found, await badges.OfAsync(award, found, cancellationToken), code, word, expires))
                : Reply.Json(new JsonObject { ["code"] = code, ["word"] = word, ["expires"] = expires });
        }, cancellationToken);
}

/// <summary>Who may enter <c>/manage</c>: on a laptop, whoever sits at it; in Azure nobody yet, until staff sign-in is there.</summary>
public sealed class StaffDoor(StaffAccess access, CityDirectory cities)
{
    public async Task<IResult> EnterAsync(HttpRequest request, string city, Func<City, Task<IResult>> enter, CancellationToken cancellationToken)
    {
        if (!access.IsOpen)
        {
            return Problems.Forbidden();
        }

        // Without a sign-in there is no session to protect, but a page elsewhere could still make this browser post here.
        if (HttpMethods.IsPost(request.Method) && request.IsCrossSite())
        {
            return Problems.CrossSite();
        }

        return await cities.FindAsync(city, cancellationToken) is { } found ? await enter(found) : Problems.NotFound();
    }
}
