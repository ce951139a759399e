using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using Azure.Storage.Queues.Models;

namespace CitiesOfLearning.FunctionsHost.Queues;

/// <summary>
/// Makes every message take effect at least twice, as a queue may: again at once, at the same time, or late; and now and then kills the
/// worker, really, after the effect and before the acknowledgement. But for that, what becomes of a message follows from its id.
/// </summary>
internal sealed class Chaos(Action killWorker)
{
    /// <summary>
    /// By how many the limit of attempts is raised, because those that end with a killed worker count: chaos alone poisons nothing.
    /// </summary>
    public const int Attempts = 20;

    // Counted, not drawn: a restart costs seconds, and how many there are must not be a matter of luck.
    private const int MessagesPerKill = 250;

    // Stands for a process that dies.
    private const string Killed = "Chaos had this run end after its effect and before its acknowledgement.";

    private readonly ConcurrentDictionary<string, bool> _disturbed = new(StringComparer.Ordinal);
    private int _messages;

    public async Task RunAsync(QueueMessage message, Func<Task> run)
    {
        var draw = XxHash32.HashToUInt32(Encoding.ASCII.GetBytes(message.MessageId));
        await run();
        if (!_disturbed.TryAdd(message.MessageId, true))
        {
            _disturbed.TryRemove(message.MessageId, out _);
            return;
        }

        if (Interlocked.Increment(ref _messages) % MessagesPerKill == MessagesPerKill / 2)
        {
            killWorker();
            throw new WorkerException(Killed);
        }

        switch (draw % 3)
        {
            case 0:
                // It comes back after the visibility timeout.
                throw new WorkerException(Killed);
            case 1:
                await Task.WhenAll(run(), run());
                break;
            default:
                await run();
                break;
        }

        _disturbed.TryRemove(message.MessageId, out _);
    }
}
