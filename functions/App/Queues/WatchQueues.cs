using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Upkeep;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Queues;

/// <summary>Every five minutes: what failed, and what waits too long.</summary>
public sealed class WatchQueues(DeadLetters deadLetters, QueueWatch watch)
{
    [Function(nameof(WatchQueues))]
    public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await deadLetters.WatchAsync(cancellationToken);
        await watch.LookAsync(cancellationToken);
    }
}
