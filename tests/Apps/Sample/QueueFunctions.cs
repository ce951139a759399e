using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Tests.Apps.Sample;

/// <summary>Each notes what it got as <c>text dequeueCount pid</c>.</summary>
public sealed partial class QueueFunctions(Notes notes, ILogger<QueueFunctions> log)
{
    [Function("note")]
    public void Note([QueueTrigger("notes")] string text, FunctionContext context)
    {
        notes.Add(With(text, context));
        Log.Noted(log, text);
    }

    [Function("order")]
    public void Order([QueueTrigger("orders")] Order order, FunctionContext context) =>
        notes.Add(With($"{order.Amount} {order.What}", context));

    [Function("bytes")]
    public void Bytes([QueueTrigger("bytes")] byte[] bytes, FunctionContext context) =>
        notes.Add(With(Convert.ToHexString(bytes), context));

    [Function("data")]
    public void Data([QueueTrigger("data")] BinaryData data, FunctionContext context) => notes.Add(With(data.ToString(), context));

    [Function("message")]
    public void Message([QueueTrigger("messages")] QueueMessage message) => notes.Add($"{message.Body} {message.DequeueCount}");

    [Function("fails")]
    public void Fails([QueueTrigger("fails")] string text, FunctionContext context)
    {
        notes.Add(With(text, context));
        throw new InvalidOperationException($"Failed on purpose: {text}");
    }

    /// <summary>
    /// Notes <c>start …</c>, waits until there is a file <c>{NotesFile}.open</c>, notes <c>end …</c>; or <c>cancelled …</c>.
    /// </summary>
    [Function("gated")]
    public async Task Gated([QueueTrigger("gated")] string text, FunctionContext context, CancellationToken cancellationToken)
    {
        notes.Add(With($"start {text}", context));
        try
        {
            while (!File.Exists(notes.File + ".open"))
            {
                await Task.Delay(20, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            notes.Add(With($"cancelled {text}", context));
            throw;
        }

        notes.Add(With($"end {text}", context));
    }

    /// <summary>Hears nothing of being cancelled.</summary>
    [Function("stuck")]
    public async Task Stuck([QueueTrigger("stuck")] string text)
    {
        notes.Add($"stuck {text}");
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
    }

    /// <summary>Notes <c>tick isPastDue pid</c>.</summary>
    [Function("tick")]
    public void Tick([TimerTrigger("* * * * * *")] TimerInfo timer) => notes.Add($"tick {timer.IsPastDue}");

    private static string With(string text, FunctionContext context) =>
        $"{text} {context.BindingContext.BindingData.GetValueOrDefault("DequeueCount") ?? "-"}";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Noted {Text}")]
        public static partial void Noted(ILogger logger, string text);
    }
}

public sealed record Order(int Amount, string What);
