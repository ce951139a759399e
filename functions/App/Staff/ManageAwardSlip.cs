using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>Prints a slip for a learner without email. Each press makes a new one; earlier slips stay good.</summary>
public sealed class ManageAwardSlip(
    StaffEntry staff, AwardTable awards, PublishedAchievements badges, SlipTable slips, PageRenderer pages)
{
    [Function(nameof(ManageAwardSlip))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/{city}/awards/{awardId}/slip")] HttpRequest request,
        string city,
        string awardId,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            if (await awards.FindWithHistoryAsync(awardId, cancellationToken) is not var (award, history)
                || award.City != found.Id
                || award.State == AwardState.Decided)
            {
                return Problems.NotFound();
            }

            if (award.Standing == AwardStanding.Revoked)
            {
                var problem = Problems.Conflict("The badge was taken back: a slip would lead to nothing.");
                return request.WantsHtml()
                    ? await pages.RenderAsync(
                        request,
                        new AwardView(
                            found, await badges.ForAwardAsync(award, found, cancellationToken), award, history, new("Award.noSlip")),
                        problem.Status)
                    : problem;
            }

            var (code, word, expires) = await slips.CreateAsync(award.Id, cancellationToken);
            return request.WantsHtml()
                ? await pages.RenderAsync(
                    request, new SlipView(found, await badges.ForAwardAsync(award, found, cancellationToken), code, word, expires))
                : Reply.Json(new JsonObject { ["code"] = code, ["word"] = word, ["expires"] = expires });
        }, cancellationToken);
}
