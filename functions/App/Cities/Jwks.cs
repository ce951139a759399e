using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Cities;

/// <summary>PUBLISH: every key ever used, each with its issuer.</summary>
public sealed class Jwks(KeyDocuments keys)
{
    [Function(nameof(Jwks))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ".well-known/jwks.json")] HttpRequest request,
        CancellationToken cancellationToken) =>
        CityAnswers.Public(await keys.JwksAsync(cancellationToken));
}
