using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Cities;

/// <summary>PUBLISH: the city as <c>did:web</c>.</summary>
public sealed class CityDid(KeyDocuments keys)
{
    [Function(nameof(CityDid))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/did.json")] HttpRequest request,
        string city,
        CancellationToken cancellationToken) =>
        CityAnswers.Public(await keys.DidAsync(city, cancellationToken));
}
