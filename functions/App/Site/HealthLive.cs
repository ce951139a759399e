using CitiesOfLearning.App.Shared.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Site;

/// <summary>The process runs.</summary>
public sealed class HealthLive
{
    [Function(nameof(HealthLive))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/live")] HttpRequest request) =>
        Reply.Text("alive\n", "text/plain");
}
