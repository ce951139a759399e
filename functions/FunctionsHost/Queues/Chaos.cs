using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using Azure.Storage.Queues.Models;

namespace CitiesOfLearning.Local.Worker;

/// <summary>
/// Local:Chaos makes every message arrive at least twice after it has had its effect: at once, late, in parallel, or
/// because its handler "was killed" between the effect and the acknowledgement. Which of these follows from the message's
/// id, and a delivery that chaos caused is not counted as an attempt, so chaos alone never poisons a healthy message.
/// </summary>
internal sealed class Chaos
{
    private readonly ConcurrentDictionary<string, bool> disturbed = new(StringComparer.Ordinal);

    public int UncountedAttempts(QueueMessage message)
    {
        return disturbed.GetValueOrDefault(message.MessageId) ? 1 : 0;
    }

    public void Forget(QueueMessage message)
    {
        disturbed.TryRemove(message.MessageId, out _);
    }

    /// <summary>Null when the message may be deleted, else how long to wait before it is delivered again.</summary>
    public async Task<TimeSpan?> RunAsync(QueueMessage message, Func<Task> run)
    {
        if (disturbed.ContainsKey(message.MessageId))
        {
            await run();

            return null;
        }

        var draw = XxHash32.HashToUInt32(Encoding.ASCII.GetBytes(message.MessageId));
        switch (message.DequeueCount == 1 ? draw % 4 : 3)
        {
            case 0:
                await run();
                disturbed[message.MessageId] = true;
                throw new KilledByChaosException();
            case 1:
                await run();
                disturbed[message.MessageId] = true;

                return TimeSpan.FromSeconds(1 + (draw / 4 % 3));
            case 2:
                await Task.WhenAll(run(), run());
                disturbed[message.MessageId] = false;

                return null;
            default:
                await run();
                await run();
                disturbed[message.MessageId] = false;

                return null;
        }
    }
}

/// <summary>Stands for a process that dies after the effect and before the acknowledgement.</summary>
public sealed class KilledByChaosException() : Exception("Local:Chaos killed this run after its effects.");
