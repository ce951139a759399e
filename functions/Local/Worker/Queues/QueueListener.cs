using Azure;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Local.Worker;

/// <summary>
/// Fetches a queue in batches and keeps at most a batch and the threshold in hand. Batches matter here too: Azurite's
/// receive takes longer the more messages wait.
/// </summary>
internal sealed partial class QueueListener(QueueTrigger trigger, ILogger logger)
{
    private static readonly TimeSpan MinPollingInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(1);

    /// <summary>How long a function may take to notice that it is cancelled, before its message is given back.</summary>
    private static readonly TimeSpan CancellationGrace = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Task, QueueDelivery> inHand = [];
    private TimeSpan pause;

    /// <summary>Listens until <paramref name="stop"/>, then finishes what is in hand, or at <paramref name="deadline"/> gives it back.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken deadline)
    {
        using var cancellation = new CancellationTokenSource();
        var created = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!created)
                {
                    await trigger.Queue.CreateIfNotExistsAsync(cancellationToken: deadline);
                    created = true;
                }

                await FallToAsync(trigger.Settings.NewBatchThreshold, stop);
                await FetchAsync(stop, deadline, cancellation.Token);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                created = created && exception is not RequestFailedException { Status: 404 };
                pause = OutagePause;
                Log.Outage(logger, trigger.Queue.Name, exception.Message);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await DrainAsync(cancellation, deadline);
    }

    private async Task FetchAsync(CancellationToken stop, CancellationToken deadline, CancellationToken cancellation)
    {
        // Not cancelled by stop: a batch that the queue has handed out unseen would be invisible for a whole lease.
        QueueMessage[] batch = await trigger.Queue.ReceiveMessagesAsync(trigger.Settings.BatchSize, trigger.Lease, deadline);
        pause = batch.Length > 0 ? TimeSpan.Zero : Longer(pause);

        foreach (var message in batch)
        {
            var lease = new MessageLease(trigger.Queue, message, trigger.Lease, logger);
            var delivery = new QueueDelivery(trigger, message, lease, logger);
            var task = stop.IsCancellationRequested
                ? delivery.ReleaseAsync()
                : Task.Run(() => delivery.HandleAsync(cancellation), CancellationToken.None);
            inHand.Add(task, delivery);
        }
    }

    private TimeSpan Longer(TimeSpan before)
    {
        var longer = before == TimeSpan.Zero ? MinPollingInterval : before * 2;

        return longer < trigger.Settings.MaxPollingInterval ? longer : trigger.Settings.MaxPollingInterval;
    }

    private async Task FallToAsync(int count, CancellationToken token)
    {
        Forget();
        while (inHand.Count > count)
        {
            await Task.WhenAny(inHand.Keys).WaitAsync(token);
            Forget();
        }
    }

    private void Forget()
    {
        foreach (var finished in inHand.Keys.Where(t => t.IsCompleted).ToArray())
        {
            inHand.Remove(finished);
        }
    }

    private async Task DrainAsync(CancellationTokenSource cancellation, CancellationToken deadline)
    {
        try
        {
            await FallToAsync(0, deadline);
        }
        catch (OperationCanceledException)
        {
            await cancellation.CancelAsync();
            await Task.WhenAny(Task.WhenAll(inHand.Keys), Task.Delay(CancellationGrace, CancellationToken.None));
            Forget();
            Log.GivenBack(logger, inHand.Count, trigger.Queue.Name);
            await Task.WhenAll(inHand.Values.Select(d => d.ReleaseAsync()));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} cannot be read, trying again: {Reason}")]
        public static partial void Outage(ILogger logger, string queue, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Shutdown gave {Count} unfinished messages back to queue {Queue}")]
        public static partial void GivenBack(ILogger logger, int count, string queue);
    }
}
