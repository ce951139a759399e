using CitiesOfLearning.App.Shared.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Site;

/// <summary>No other function takes these methods.</summary>
public sealed class NothingToChange
{
    [Function(nameof(NothingToChange))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "put", "delete", Route = "{*path}")] HttpRequest request) =>
        Problems.NotFound();
}
