using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Local.Worker;

/// <summary>One delivery of one message: decode, run, then delete, return or poison it as the host does.</summary>
internal sealed partial class QueueDelivery(
    QueueTrigger trigger, QueueMessage message, MessageLease lease, ILogger logger)
{
    public async Task HandleAsync(CancellationToken cancellation)
    {
        try
        {
            if (message.DequeueCount > Limit || Decode() is not { } body)
            {
                await PoisonAsync();

                return;
            }

            await RunAsync(body, cancellation);
        }
        catch (Exception storage)
        {
            // The lease runs out and the message is delivered again.
            Log.NotSettled(logger, message.MessageId, trigger.Queue.Name, storage);
        }
    }

    public Task ReleaseAsync()
    {
        return lease.ReturnAsync(TimeSpan.Zero);
    }

    private long Limit => trigger.Settings.MaxDequeueCount + (trigger.Chaos?.UncountedAttempts(message) ?? 0);

    private async Task RunAsync(BinaryData body, CancellationToken cancellation)
    {
        try
        {
            if (trigger.Chaos is { } chaos && await chaos.RunAsync(message, () => trigger.Run(body, cancellation)) is { } again)
            {
                await lease.ReturnAsync(again);

                return;
            }

            if (trigger.Chaos is null)
            {
                await trigger.Run(body, cancellation);
            }
        }
        catch (Exception exception)
        {
            await FailAsync(exception);

            return;
        }

        await lease.DeleteAsync();
        trigger.Chaos?.Forget(message);
    }

    private async Task FailAsync(Exception exception)
    {
        if (exception is not KilledByChaosException)
        {
            Log.Failed(logger, trigger.Function.Name, message.MessageId, message.DequeueCount, exception);
        }

        if (message.DequeueCount >= Limit)
        {
            await PoisonAsync();
        }
        else
        {
            await lease.ReturnAsync(trigger.Settings.RetryDelay);
        }
    }

    private BinaryData? Decode()
    {
        if (!trigger.Settings.Base64)
        {
            return message.Body;
        }

        try
        {
            return new BinaryData(Convert.FromBase64String(message.MessageText));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async Task PoisonAsync()
    {
        Log.Poisoned(logger, message.MessageId, trigger.Poison.Name);
        await trigger.Poison.CreateIfNotExistsAsync();
        await trigger.Poison.SendMessageAsync(message.MessageText);
        await lease.DeleteAsync();
        trigger.Chaos?.Forget(message);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed on message {MessageId}, attempt {Attempt}")]
        public static partial void Failed(ILogger logger, string function, string messageId, long attempt, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} was moved to {Queue}")]
        public static partial void Poisoned(ILogger logger, string messageId, string queue);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of queue {Queue} could not be settled")]
        public static partial void NotSettled(ILogger logger, string messageId, string queue, Exception exception);
    }
}
