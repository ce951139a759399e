using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Learners;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>"Who is this?": everybody whose completions wait, because nobody knows whose they are.</summary>
public sealed class ManageWho(StaffEntry staff, QuestionTable questions, PageRenderer pages)
{
    private const int MaxShown = 50;

    [Function(nameof(ManageWho))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "manage/{city}/who")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            var page = await questions.ListAsync(found.Id, MaxShown, request.Query["after"].ToString(), cancellationToken);
            var (count, completions) = await questions.CountAsync(found.Id, cancellationToken);
            if (request.WantsHtml())
            {
                return await pages.RenderAsync(request, new WhoView(found, page.Questions, count, completions, page.Next));
            }

            var reply = Reply.Json(new JsonObject
            {
                ["count"] = count,
                ["completions"] = completions,
                ["questions"] = new JsonArray([.. page.Questions.Select(QuestionJson.Write)]),
            });
            return page.Next is null
                ? reply
                : reply.With("Link", $"</manage/{found.Id}/who?after={Uri.EscapeDataString(page.Next)}>; rel=\"next\"");
        }, cancellationToken);
}
