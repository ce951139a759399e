using System.Diagnostics;
using System.Diagnostics.Metrics;
using CitiesOfLearning.Hub.Telemetry;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>
/// What passes is waited for: while storage, the vault or the mail system is away, a message goes back into its queue, for longer each
/// time, seven days in all. What does not pass is thrown: the Functions host tries it five times, and then it waits for a person.
/// </summary>
public sealed partial class Postpone(HubStorage storage, ILogger<Postpone> logger)
{
    // 5 s, 10 s, 20 s … 6 h, 6 h …: seven days in all.
    private const int MaxAttempts = 40;
    private static readonly TimeSpan MinDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromHours(6);

    private static readonly Counter<long> Times = HubTelemetry.Meter.CreateCounter<long>(
        "hub.messages.put_off", "{message}", "Messages that wait because something is away");

    /// <summary>Works a message through, in the trace that it belongs to, or puts it off.</summary>
    public Task HandleAsync<T>(T message, Func<T, CancellationToken, Task> handle, CancellationToken cancellationToken)
        where T : HubMessage =>
        HubTelemetry.StageAsync(
            message.Stage, ActivityKind.Consumer, message.TraceParent, message.Ids, () => TryAsync(message, handle, cancellationToken));

    private async Task TryAsync<T>(T message, Func<T, CancellationToken, Task> handle, CancellationToken cancellationToken)
        where T : HubMessage
    {
        try
        {
            await handle(message, cancellationToken);
        }
        catch (Exception e) when (e.IsAbsence() && !cancellationToken.IsCancellationRequested && message.Attempt < MaxAttempts)
        {
            await PutOffAsync(message, TimeSpan.Zero, cancellationToken);
            Log.PutOff(logger, message.Write(), e);
        }
    }

    /// <param name="atLeast">How long it is asked to wait.</param>
    /// <exception cref="InvalidOperationException">It was put off for seven days: a person must look.</exception>
    public Task PutOffAsync(HubMessage message, TimeSpan atLeast, CancellationToken cancellationToken)
    {
        if (Again(message, atLeast) is not var (again, delay))
        {
            throw new InvalidOperationException($"Put off for seven days: {message.Write()}");
        }

        Times.Add(1, new KeyValuePair<string, object?>("stage", message.Stage));
        return storage.SendAsync(again, delay, cancellationToken);
    }

    /// <returns>The message as it comes again, and when; null if it was put off for seven days.</returns>
    internal static (T Message, TimeSpan Delay)? Again<T>(T message, TimeSpan atLeast)
        where T : HubMessage
    {
        if (message.Attempt >= MaxAttempts)
        {
            return null;
        }

        var growing = MinDelay * Math.Pow(2, Math.Min(message.Attempt, 20));
        var delay = growing < MaxDelay ? growing : MaxDelay;
        return (message with { Attempt = message.Attempt + 1 }, delay > atLeast ? delay : atLeast);
    }

    private static partial class Log
    {
        // Ids and a count are all that a message holds.
        [LoggerMessage(LogLevel.Warning, "Put off, because something is away: {Message}")]
        public static partial void PutOff(ILogger logger, string message, Exception exception);
    }
}
