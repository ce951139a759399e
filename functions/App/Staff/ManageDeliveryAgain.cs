using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Awards;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>
/// Works a delivery through again with today's rules and roster (<c>map-again</c>), or so that what it earned, and had been taken back, is
/// awarded again (<c>award-again</c>).
/// </summary>
public sealed class ManageDeliveryAgain(StaffEntry staff, DeliveryHandler handler)
{
    [Function(nameof(ManageDeliveryAgain))]
    public Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "post",
            Route = @"manage/{city}/deliveries/{source}/{delivery}/{what:regex(^(map|award)-again\z)}")] HttpRequest request,
        string city,
        string source,
        string delivery,
        string what,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, async found =>
        {
            // The route takes any case.
            var asked = what.StartsWith("award", StringComparison.OrdinalIgnoreCase) ? AskedBy.AwardAgain : AskedBy.MapAgain;
            return !await handler.MapAgainAsync(found.Id, source, delivery, asked, cancellationToken) ? Problems.NotFound()
                : request.WantsHtml() ? Reply.SeeOther($"/manage/{city}/deliveries{request.QueryString}")
                : Reply.Json(new JsonObject { ["delivery"] = delivery });
        }, cancellationToken);
}
