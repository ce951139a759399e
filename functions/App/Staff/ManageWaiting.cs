using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Upkeep;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>What of the city failed and waits for a person.</summary>
public sealed class ManageWaiting(StaffEntry staff, DeadLetters deadLetters, PageRenderer pages)
{
    [Function(nameof(ManageWaiting))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "manage/{city}/waiting")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            var view = await deadLetters.ViewAsync(found, request.Query["after"].ToString(), null, cancellationToken);
            if (request.WantsHtml())
            {
                return await pages.RenderAsync(request, view);
            }

            var reply = Reply.Json(new JsonArray([.. view.Messages.Select(Json)]));
            return view.Next is null
                ? reply
                : reply.With("Link", $"</manage/{found.Id}/waiting?after={Uri.EscapeDataString(view.Next)}>; rel=\"next\"");
        }, cancellationToken);

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
