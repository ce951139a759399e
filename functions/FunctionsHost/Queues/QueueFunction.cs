using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.Azure.WebJobs;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsHost.Queues;

/// <summary>What WebJobs runs for each message: the app's function, in whichever worker there is.</summary>
internal sealed partial class QueueFunction
{
    public const string Queue = "queue";

    private static readonly TimeSpan MissingPause = TimeSpan.FromMilliseconds(500);

    private readonly LoadedFunction _function;
    private readonly WorkerProcess _worker;
    private readonly Chaos? _chaos;
    private readonly ILogger _logger;
    private readonly Patience _patience;
    private readonly CancellationToken _stop;

    /// <param name="patience">Of the host. The listener's own token comes as soon as it stops.</param>
    /// <param name="stop">When no other worker will come.</param>
    public QueueFunction(
        LoadedFunction function,
        WorkerProcess worker,
        Chaos? chaos,
        ILogger logger,
        Patience patience,
        CancellationToken stop)
    {
        _stop = stop;
        _patience = patience;
        _function = function;
        _worker = worker;
        _chaos = chaos;
        _logger = logger;
    }

    /// <summary>Throws what the function threw, so that the listener counts the attempt. WebJobs finds public methods only.</summary>
    [FunctionName(Queue)]
    public async Task RunAsync([QueueTrigger($"%{Queue}%")] QueueMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            await (_chaos is null ? InvokeAsync(message) : _chaos.RunAsync(message, () => InvokeAsync(message)));
        }
        catch (Exception e)
        {
            Log.Failed(_logger, _function.Name, message.MessageId, message.DequeueCount, e.Message);
            throw;
        }
    }

    private async Task InvokeAsync(QueueMessage message)
    {
        var (channel, function) = await FindAsync();
        var data = TriggerData.OfMessage(function, message.Body, message.MessageId, message.PopReceipt, message.DequeueCount);
        var answer = await channel.InvokeAsync(function, data, Metadata(message), _patience.Late).WaitAsync(_patience.TooLate);
        if (answer.Result.Status != StatusResult.Types.Status.Success)
        {
            throw new WorkerException(answer.Result.Exception is { } exception
                ? $"{exception.Type}: {exception.Message}"
                : answer.Result.Result);
        }
    }

    /// <summary>
    /// A worker that starts only delays. Its functions have new ids; and an app that was built anew may lack this one: that is not the
    /// message's fault, which waits for an app that has it.
    /// </summary>
    private async Task<(WorkerChannel Worker, LoadedFunction Function)> FindAsync()
    {
        WorkerChannel? lacking = null;
        while (true)
        {
            var channel = await _worker.ReadyAsync(_patience.Late);
            if (channel.Find(_function.Name) is { } function)
            {
                return (channel, function);
            }

            if (lacking != channel)
            {
                Log.Missing(_logger, _function.Name);
                lacking = channel;
            }

            await Task.Delay(MissingPause, _stop);
        }
    }

    // https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue-trigger#message-metadata
    private static Dictionary<string, TypedData> Metadata(QueueMessage message) => new()
    {
        ["Id"] = new() { Json = JsonSerializer.Serialize(message.MessageId) },
        ["PopReceipt"] = new() { Json = JsonSerializer.Serialize(message.PopReceipt) },
        ["DequeueCount"] = new() { Json = message.DequeueCount.ToString(CultureInfo.InvariantCulture) },
        ["InsertionTime"] = new() { Json = JsonSerializer.Serialize(message.InsertedOn) },
        ["ExpirationTime"] = new() { Json = JsonSerializer.Serialize(message.ExpiresOn) },
        ["NextVisibleTime"] = new() { Json = JsonSerializer.Serialize(message.NextVisibleOn) },
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Function {Function} failed on message {MessageId}, attempt {Attempt}: {Reason}")]
        public static partial void Failed(ILogger logger, string function, string messageId, long attempt, string reason);

        [LoggerMessage(2, LogLevel.Warning, "The app no longer has the function {Function}, so its messages wait")]
        public static partial void Missing(ILogger logger, string function);
    }
}
