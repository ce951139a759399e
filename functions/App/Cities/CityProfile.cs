using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Cities;

/// <summary>PUBLISH: the city's page, or its issuer profile.</summary>
public sealed class CityProfile(CityDirectory cities, KeyDocuments keys, PageRenderer pages)
{
    [Function(nameof(CityProfile))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        await cities.FindAsync(city, cancellationToken) is not { } found ? Problems.NotFound()
        : request.WantsHtml() ? await pages.RenderAsync(request, new CityView(found), cacheControl: PageRenderer.Cached)
        : CityAnswers.Public(await keys.ProfileAsync(city, cancellationToken));
}
