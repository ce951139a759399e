using CitiesOfLearning.App.Shared.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Site;

/// <summary>Whatever nothing else answers. Its name sorts last, because routes are matched in the order of function names.</summary>
public sealed class ZNothingHere
{
    [Function(nameof(ZNothingHere))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "delete", Route = "{*path}")] HttpRequest request) =>
        Problems.NotFound();
}
