using System.Globalization;
using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.Hub;
using CitiesOfLearning.Hub.Upkeep;
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
            ? Reply.Text($"ready\n{Swept(readiness.LastSweep)}", "text/plain")
            : Reply.Text($"failing: {string.Join(", ", failing)}\n", "text/plain", StatusCodes.Status503ServiceUnavailable);
    }

    // For whoever looks after the hub; a hub that found something lost is as ready as before.
    private static string Swept(Swept? last) => last is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"sweep {last.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}: {last.Deliveries} deliveries, {last.Awards} awards, {last.Mails} mails\n");
}
