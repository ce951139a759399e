using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
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
            var records = await deliveries.ListAsync(found.Id, MaxShown, cancellationToken);
            if (!request.WantsHtml())
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
            ["outcome"] = d.Outcome.ToString(), ["award"] = d.AwardId?.ToString(), ["badge"] = d.Badge, ["reason"] = d.Reason,
        })]),
    };
}
