using System.Globalization;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.OpenBadges.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Cities;

/// <summary>PUBLISH: a signed status list, as a token or, for who asks for JSON, with its proof within.</summary>
public sealed class CityStatus(StatusLists lists)
{
    // Short, so that a revocation is seen soon.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    [Function(nameof(CityStatus))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "cities/{city}/status/{list}")] HttpRequest request,
        string city,
        string list,
        CancellationToken cancellationToken) =>
        CityId.TryParse(city, out var id) && list.Split('-') is [var purpose, var text] && StatusPurposes.All.Contains(purpose)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await lists.FindAsync(id, purpose, number, cancellationToken) is { } published
            ? CityAnswers.Public(request.WantsJsonCredential()
                ? PublicDocument.Of(published.Embedded, "application/vc", MaxAge)
                : PublicDocument.Of(published.Jwt, "application/vc+jwt", MaxAge))
            : Problems.NotFound();
}
