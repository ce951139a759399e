using CitiesOfLearning.App.Shared.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Verify;

/// <summary>The page on which anyone may check a badge.</summary>
public sealed class VerifyForm(PageRenderer pages)
{
    [Function(nameof(VerifyForm))]
    public Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "verify")] HttpRequest request) =>
        pages.RenderAsync(request, new VerifyView(), cacheControl: PageRenderer.Cached);
}
