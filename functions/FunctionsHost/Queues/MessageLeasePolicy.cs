using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Local.Worker;

/// <summary>
/// Holds one message invisible while its function runs, by renewing at half of the lease as the host does, and lets go of it once.
/// </summary>
internal sealed partial class MessageLease
{
    private readonly QueueClient queue;
    private readonly string messageId;
    private readonly ILogger logger;
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task renewing;
    private string popReceipt;

    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan length, ILogger logger)
    {
        this.queue = queue;
        this.logger = logger;
        messageId = message.MessageId;
        popReceipt = message.PopReceipt;
        renewing = RenewAsync(length);
    }

    public Task DeleteAsync()
    {
        return SettleAsync(() => queue.DeleteMessageAsync(messageId, popReceipt));
    }

    /// <summary>Puts the message back; it can be received again after <paramref name="delay"/>.</summary>
    public Task ReturnAsync(TimeSpan delay)
    {
        return SettleAsync(() => queue.UpdateMessageAsync(messageId, popReceipt, visibilityTimeout: delay));
    }

    private async Task SettleAsync(Func<Task> action)
    {
        if (!settled.TrySetResult())
        {
            return;
        }

        await renewing;
        try
        {
            await action();
        }
        catch (RequestFailedException lost) when (lost.Status is 400 or 404)
        {
            // Somebody else has received it since, or deleted it: it is theirs to settle.
            Log.Lost(logger, messageId, queue.Name, lost.ErrorCode);
        }
    }

    private async Task RenewAsync(TimeSpan length)
    {
        while (true)
        {
            await settled.Task.WaitAsync(length / 2).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (settled.Task.IsCompleted)
            {
                return;
            }

            try
            {
                popReceipt = (await queue.UpdateMessageAsync(messageId, popReceipt, visibilityTimeout: length)).Value.PopReceipt;
            }
            catch (RequestFailedException failed)
            {
                Log.Lost(logger, messageId, queue.Name, failed.ErrorCode);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} of queue {Queue} is no longer held: {ErrorCode}")]
        public static partial void Lost(ILogger logger, string messageId, string queue, string? errorCode);
    }
}
