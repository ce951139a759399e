using CitiesOfLearning.App.Shared.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Claims;

/// <summary>Where a printed slip is typed in.</summary>
public sealed class ClaimSlip(PageRenderer pages)
{
    [Function(nameof(ClaimSlip))]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "claim")] HttpRequest request) =>
        pages.RenderAsync(request, new ClaimCodeView());
}
