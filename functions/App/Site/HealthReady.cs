using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Site;

/// <summary>The hub can do its work; if not, what fails.</summary>
public sealed class HealthReady(Readiness readiness)
{
    [Function(nameof(HealthReady))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request)
    {
        // Bounded by itself, with time to name each part that fails.
        var failing = await readiness.FailingAsync(request.HttpContext.RequestAborted);
        return failing.Count == 0
            ? Reply.Text("ready\n", "text/plain")
            : Reply.Text($"failing: {string.Join(", ", failing)}\n", "text/plain", StatusCodes.Status503ServiceUnavailable);
    }
}
