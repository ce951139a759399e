using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Staff;

/// <summary>Where a source's roster is uploaded. Rosters are not shown: they are people.</summary>
public sealed class ManageRosters(StaffEntry staff, PageRenderer pages)
{
    [Function(nameof(ManageRosters))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "manage/{city}/rosters")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        staff.EnterAsync(request, city, found => pages.RenderAsync(request, new RostersView(found)), cancellationToken);
}
