using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Awards;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>Works a delivery through again, and awards again what was earned and had been taken back.</summary>
public sealed class ManageAwardAgain(StaffEntry staff, DeliveryHandler handler)
{
    [Function(nameof(ManageAwardAgain))]
    public Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "post", Route = "manage/{city}/deliveries/{source}/{delivery}/award-again")] HttpRequest request,
        string city,
        string source,
        string delivery,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
            !await handler.MapAgainAsync(found.Id, source, delivery, AskedBy.AwardAgain, cancellationToken) ? Problems.NotFound()
            : request.WantsHtml() ? Reply.SeeOther($"/manage/{city}/deliveries{request.QueryString}")
            : Reply.Json(new JsonObject { ["delivery"] = delivery }), cancellationToken);
}
