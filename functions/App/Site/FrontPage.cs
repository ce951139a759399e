using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Site;

/// <summary>The front page. An optional, always empty segment is how a function takes the root.</summary>
public sealed class FrontPage(CityDirectory cities, PageRenderer pages)
{
    [Function(nameof(FrontPage))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{root:maxlength(0)?}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        await pages.RenderAsync(request, new HomeView(await cities.AllAsync(cancellationToken)), cacheControl: PageRenderer.Cached);
}
