using CitiesOfLearning.Hub.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Queues;

/// <summary>Every five minutes: what waits too long, and what failed.</summary>
public sealed class WatchQueues(QueueWatch watch)
{
    [Function(nameof(WatchQueues))]
    public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        watch.LookAsync(cancellationToken);
}
