using CitiesOfLearning.App.Shared.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Site;

/// <summary>
/// Whatever no other function answers. Of two routes that match a path the Functions host takes the one whose function's name sorts first.
/// So that no name decides, what the others answer is left out of the pattern here; a test finds the path that two functions would answer.
/// </summary>
public sealed class NothingHere
{
    private const string Pattern = @"{*path:regex(^(?!("
        + @"\.well-known/jwks\.json"
        + @"|assets/[^/]+"
        + @"|badges/([^/]+\.)?[^./]+"
        + @"|cities/[^/]+(/catalogue|/did\.json|/image\.[^/]+|/(badges|keys|status)/[^/]+|/badges/[^/]+/[^/]+)?"
        + @"|claim(/[^/]+)?"
        + @"|health/(live|ready)"
        + @"|hooks/[^/]+/[^/]+"
        + @"|manage/[^/]+/(awards/[^/]+|deliveries|rosters|waiting)"
        + @"|schemas/[^/]+\.json"
        + @"|verify"
        + @")/?\z))}";

    [Function(nameof(NothingHere))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Pattern)] HttpRequest request) =>
        Problems.NotFound();
}
