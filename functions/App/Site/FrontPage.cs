using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Site;

/// <summary>
/// The front page, and what nothing takes that is posted to it: <see cref="NothingToPost"/> has no word for an empty path. An optional,
/// always empty segment is how a function takes the root.
/// </summary>
public sealed class FrontPage(CityDirectory cities, PageRenderer pages)
{
    [Function(nameof(FrontPage))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "{root:maxlength(0)?}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        HttpMethods.IsPost(request.Method) ? Problems.NotFound()
        : await pages.RenderAsync(request, new HomeView(await cities.AllAsync(cancellationToken)), cacheControl: PageRenderer.Cached);
}
