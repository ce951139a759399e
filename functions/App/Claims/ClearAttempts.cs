using CitiesOfLearning.Hub.Claims;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Claims;

/// <summary>Every hour: wrong tries of hours that are over.</summary>
public sealed class ClearAttempts(AttemptLimits limits)
{
    [Function(nameof(ClearAttempts))]
    public Task Run([TimerTrigger("0 10 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        limits.ClearAsync(cancellationToken);
}
