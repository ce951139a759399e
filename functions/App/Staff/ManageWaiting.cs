using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Upkeep;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>What of the city failed and waits for a person, who can have it tried again.</summary>
public sealed class ManageWaiting(StaffEntry staff, DeadLetters deadLetters, PageRenderer pages)
{
    // As many as a form may choose from.
    private const int MaxShown = 50;

    [Function(nameof(ManageWaiting))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "manage/{city}/waiting")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            var view = await ViewAsync(found, request.Query["after"].ToString(), null, cancellationToken);
            if (request.WantsHtml())
            {
                return await pages.RenderAsync(request, view);
            }

            var reply = Reply.Json(new JsonArray([.. view.Messages.Select(Json)]));
            return view.Next is null
                ? reply
                : reply.With("Link", $"</manage/{found.Id}/waiting?after={Uri.EscapeDataString(view.Next)}>; rel=\"next\"");
        }, cancellationToken);

    [Function("ManageReplay")]
    public Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "manage/{city}/waiting/replay")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            var chosen = await request.ChosenAsync(cancellationToken);
            if (chosen is { All: false, Ids.Count: 0 })
            {
                var problem = Problems.BadRequest("Say which messages, in \"ids\", or \"all\": true.");
                return request.WantsHtml()
                    ? await pages.RenderAsync(
                        request, await ViewAsync(found, null, new TextKey("Waiting.noneChosen"), cancellationToken), problem.Status)
                    : problem;
            }

            var replayed = await ReplayAsync(found, chosen, cancellationToken);
            return request.WantsHtml()
                ? Reply.SeeOther($"/manage/{found.Id}/waiting{request.QueryString}")
                : Reply.Json(new JsonObject { ["replayed"] = replayed });
        }, cancellationToken);

    private async Task<int> ReplayAsync(City city, ChosenMessages chosen, CancellationToken cancellationToken)
    {
        // What the host has put aside a moment ago would be listed again afterwards.
        await deadLetters.GatherAsync(cancellationToken);
        var letters = chosen.All
            ? await deadLetters.AllAsync(cancellationToken).Where(l => l.City == city.Id).ToListAsync(cancellationToken)
            : await chosen.Ids
                .ToAsyncEnumerable()
                .Select(async (id, ct) => await deadLetters.FindAsync(city.Id, id, ct))
                .OfType<DeadLetter>()
                .ToListAsync(cancellationToken);
        var replayed = 0;
        foreach (var letter in letters)
        {
            replayed += await deadLetters.ReplayAsync(letter, cancellationToken) ? 1 : 0;
        }

        return replayed;
    }

    private async Task<WaitingView> ViewAsync(City city, string? after, TextKey? problem, CancellationToken cancellationToken)
    {
        await deadLetters.GatherAsync(cancellationToken);
        var page = await deadLetters.ListAsync(city.Id, MaxShown, after, cancellationToken);
        var messages = new List<WaitingMessage>();
        foreach (var letter in page.Letters)
        {
            messages.Add(new(letter, await deadLetters.BodyAsync(letter, cancellationToken)));
        }

        return new WaitingView(city, messages, page.Next, problem);
    }

    private static JsonNode Json(WaitingMessage waiting) => new JsonObject
    {
        ["id"] = waiting.Letter.Id,
        ["queue"] = waiting.Letter.Queue,
        ["source"] = (waiting.Letter.Message as DeliveryMessage)?.Source,
        ["delivery"] = (waiting.Letter.Message as DeliveryMessage)?.Delivery,
        ["award"] = waiting.Letter.Award?.ToString(),
        ["reason"] = waiting.Letter.Error,
        ["failedAt"] = waiting.Letter.FailedAt,
        ["body"] = waiting.Body,
    };
}
