using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Deliveries;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>What a steward sees of the city's deliveries: what became of each, and why.</summary>
public sealed class ManageDeliveries(StaffEntry staff, DeliveryTable deliveries, PageRenderer pages)
{
    private const int MaxShown = 100;

    [Function(nameof(ManageDeliveries))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "manage/{city}/deliveries")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            var after = request.Query["after"].ToString();
            var page = await deliveries.ListAsync(found.Id, MaxShown, after, cancellationToken);
            if (request.WantsHtml())
            {
                return await pages.RenderAsync(request, new DeliveriesView(found, page.Deliveries, page.Next));
            }

            var reply = Reply.Json(new JsonArray([.. page.Deliveries.Select(Json)]));
            return page.Next is null
                ? reply
                : reply.With("Link", $"</manage/{found.Id}/deliveries?after={Uri.EscapeDataString(page.Next)}>; rel=\"next\"");
        }, cancellationToken);

    private static JsonNode Json(DeliveryRecord record) => new JsonObject
    {
        ["delivery"] = record.Delivery,
        ["source"] = record.Source,
        ["receivedAt"] = record.ReceivedAt,
        ["outcome"] = Name(record.Outcome),
        ["attempts"] = record.Attempts,
        ["decisions"] = new JsonArray([.. record.Decisions.Select(d => new JsonObject
        {
            ["outcome"] = Name(d.Outcome),
            ["award"] = d.AwardId?.ToString(),
            ["badge"] = d.Badge,
            ["reason"] = d.Reason?.Json(),
            ["learner"] = d.Learner is null
                ? null
                : new JsonObject { ["account"] = d.Learner.Account, ["name"] = d.Learner.Name },
            ["activity"] = d.Activity,
            ["occurredAt"] = d.OccurredAt,
            ["question"] = d.Question,
        })]),
    };

    private static string Name(DeliveryOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}
