using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Cities;

/// <summary>PUBLISH: the city's picture.</summary>
public sealed class CityImage(CityDirectory cities)
{
    [Function(nameof(CityImage))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/image.{extension}")] HttpRequest request,
        string city,
        string extension,
        CancellationToken cancellationToken) =>
        (await cities.FindAsync(city, cancellationToken))?.Image is { } image
            && image.MediaType == (extension == "svg" ? "image/svg+xml" : "image/" + extension)
            ? CityAnswers.Picture(PublicDocument.Of(image.Bytes, image.MediaType, PublicDocument.Short))
            : Problems.NotFound();
}
