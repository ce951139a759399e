using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>
/// Says in the log which queues are behind. Nothing else could: Azure measures an account's queues together, and once an hour. The
/// alerts of infra-bicep/modules/alerts.bicep listen for exactly these words.
/// </summary>
public sealed partial class QueueWatch(HubStorage storage, TimeProvider time, ILogger<QueueWatch> logger)
{
    // Shorter waits are a burst that is being worked off.
    private static readonly TimeSpan WorthSaying = TimeSpan.FromMinutes(5);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in (QueueClient[])[storage.DeliveryMessages, storage.AwardMessages, storage.MailMessages])
        {
            var oldest = (await queue.PeekMessageAsync(cancellationToken)).Value;
            if (time.GetUtcNow() - DueSince(queue, oldest) is { } wait && wait >= WorthSaying)
            {
                Log.Behind(logger, queue.Name, (int)wait.TotalMinutes);
            }
        }
    }

    // A message of mail that waited for its mailbox is due since its turn came.
    private static DateTimeOffset? DueSince(QueueClient queue, PeekedMessage? message) =>
        message is not null && HubMessage.TryRead(queue.Name, message.Body.ToString()) is AwardChange { Slot: { } slot }
            ? slot.At
            : message?.InsertedOn;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Queue} is behind: its first message waits {Minutes} minutes already")]
        public static partial void Behind(ILogger logger, string queue, int minutes);
    }
}
