using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Awards;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>Works a delivery through again, with today's rules and roster.</summary>
public sealed class ManageMapAgain(StaffEntry staff, DeliveryHandler handler)
{
    [Function(nameof(ManageMapAgain))]
    public Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "manage/{city}/deliveries/{source}/{delivery}/map-again")] HttpRequest request,
        string city,
        string source,
        string delivery,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
            !await handler.MapAgainAsync(found.Id, source, delivery, AskedBy.MapAgain, cancellationToken) ? Problems.NotFound()
            : request.WantsHtml() ? Reply.SeeOther($"/manage/{city}/deliveries{request.QueryString}")
            : Reply.Json(new JsonObject { ["delivery"] = delivery }), cancellationToken);
}
