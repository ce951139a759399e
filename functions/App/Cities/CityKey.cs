using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Cities;

/// <summary>PUBLISH: one key, which is what <c>kid</c> points to.</summary>
public sealed class CityKey(KeyDocuments keys)
{
    [Function(nameof(CityKey))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/keys/{kid}")] HttpRequest request,
        string city,
        string kid,
        CancellationToken cancellationToken) =>
        CityAnswers.Public(await keys.KeyAsync(city, kid, cancellationToken));
}
