using System.Globalization;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>Revokes, suspends or resumes an award; verification changes at once.</summary>
public sealed class ManageAwardStanding(
    StaffEntry staff, Stewardship stewardship, AwardTable awards, PublishedAchievements badges, PageRenderer pages)
{
    [Function(nameof(ManageAwardStanding))]
    public Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = @"manage/{city}/awards/{awardId}/{change:regex(^(revoke|suspend|resume)\z)}")]
        HttpRequest request,
        string city,
        string awardId,
        string change,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            var reason = (await request.FieldsAsync(cancellationToken)).GetValueOrDefault("reason")?.Trim();
            if (reason is null or { Length: 0 or > Stewardship.MaxReasonCharacters })
            {
                var textKey = reason is { Length: > 0 }
                    ? new TextKey("Award.reasonTooLong", Stewardship.MaxReasonCharacters.ToString(CultureInfo.InvariantCulture))
                    : new TextKey("Award.reasonMissing");
                var problem = Problems.BadRequest(
                    $"Say why, in \"reason\" ({Stewardship.MaxReasonCharacters} characters at most). "
                    + "It is kept with the award; name nobody.");
                return await AgainAsync(request, found, awardId, textKey, problem);
            }

            if (!AwardId.TryParse(awardId, out var id))
            {
                return Problems.NotFound();
            }

            var result = change.ToLowerInvariant() switch // the route takes any case
            {
                "revoke" => await stewardship.RevokeAsync(found.Id, id, reason, cancellationToken),
                "suspend" => await stewardship.SuspendAsync(found.Id, id, reason, cancellationToken),
                "resume" => await stewardship.ResumeAsync(found.Id, id, reason, cancellationToken),
                _ => StewardResult.NotFound,
            };
            return result switch
            {
                StewardResult.NotFound => Problems.NotFound(),
                StewardResult.NotPossible => await AgainAsync(
                    request,
                    found,
                    awardId,
                    new TextKey("Award.final"),
                    Problems.Conflict("The badge was revoked, and a revoked badge stays revoked.")),
                _ when request.IsForm() => Reply.SeeOther($"/manage/{city}/awards/{awardId}{request.QueryString}"),
                _ when await awards.FindWithHistoryAsync(awardId, cancellationToken) is var (award, history) =>
                    Reply.Json(ManageAward.Json(award, history)),
                _ => Problems.NotFound(),
            };
        }, cancellationToken);

    private async Task<IResult> AgainAsync(HttpRequest request, City city, string awardId, TextKey textKey, Reply problem)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (!request.WantsHtml()
            || await awards.FindWithHistoryAsync(awardId, aborted) is not var (award, history)
            || award.City != city.Id)
        {
            return problem;
        }

        var badge = await badges.ForAwardAsync(award, city, aborted);
        return await pages.RenderAsync(request, new AwardView(city, badge, award, history, Problem: textKey), problem.Status);
    }
}
