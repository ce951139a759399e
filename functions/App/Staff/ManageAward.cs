using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>One award: its state, its history, and what a steward may do to it.</summary>
public sealed class ManageAward(StaffEntry staff, AwardTable awards, PublishedAchievements badges, PageRenderer pages)
{
    [Function(nameof(ManageAward))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "manage/{city}/awards/{awardId}")] HttpRequest request,
        string city,
        string awardId,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            if (await awards.FindWithHistoryAsync(awardId, cancellationToken) is not var (award, history) || award.City != found.Id)
            {
                return Problems.NotFound();
            }

            return request.WantsHtml()
                ? await pages.RenderAsync(
                    request, new AwardView(found, await badges.ForAwardAsync(award, found, cancellationToken), award, history))
                : Reply.Json(Json(award, history));
        }, cancellationToken);

    internal static JsonObject Json(Award award, IReadOnlyList<AwardEvent> history) => new()
    {
        ["award"] = award.Id.ToString(),
        ["badge"] = award.Badge,
        ["version"] = award.BadgeVersion,
        ["state"] = Name(award.State),
        ["standing"] = Name(award.Standing),
        ["public"] = award.IsPublic,
        ["trace"] = award.TraceId,
        ["history"] = new JsonArray([.. history.Select(h => new JsonObject
        {
            ["at"] = h.At,
            ["what"] = Name(h.What),
            ["by"] = Name(h.By),
            ["reason"] = h.Reason,
        })]),
    };

    private static string Name(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
