using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Cities;

/// <summary>PUBLISH: what can be learned in the city.</summary>
public sealed class CityCatalogue(CityDirectory cities, HubUrls urls, PageRenderer pages)
{
    [Function(nameof(CityCatalogue))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/catalogue")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        await cities.FindAsync(city, cancellationToken) is not { } found ? Problems.NotFound()
        : request.WantsHtml() ? await pages.RenderAsync(request, new CatalogueView(found), cacheControl: PageRenderer.Cached)
        : CityAnswers.Public(Catalogue.Of(found, urls));
}
