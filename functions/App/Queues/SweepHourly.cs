using CitiesOfLearning.Hub.Upkeep;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Queues;

/// <summary>Every hour: what is not where it should be is asked for again.</summary>
public sealed class SweepHourly(Sweep sweep)
{
    [Function(nameof(SweepHourly))]
    public Task Run([TimerTrigger("0 40 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.RunAsync(cancellationToken);
}
