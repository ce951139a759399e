using System.Text.Json;
using CitiesOfLearning.FunctionsHost.Protocol;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsTesting.Worker;

/// <summary>Between what a test says and what the protocol does.</summary>
internal static class Message
{
    /// <summary>A message is bytes; how they travel, the parameter that is bound to the trigger decides.</summary>
    public static TypedData Of(object message, IReadOnlyDictionary<string, object?>? metadata, LoadedFunction function)
    {
        var body = message switch
        {
            BinaryData bytes => bytes,
            string text => BinaryData.FromString(text),
            _ => BinaryData.FromString(JsonSerializer.Serialize(message)),
        };
        if (function.IsTriggeredBy("queue") && IsOfTheSdk(function))
        {
            return OfTheSdk(body, metadata);
        }

        return string.Equals(function.Text("dataType"), "binary", StringComparison.OrdinalIgnoreCase)
            ? new() { Bytes = UnsafeByteOperations.UnsafeWrap(body.ToMemory()) }
            : new() { String = body.ToString() };
    }

    public static TypedData OfTimer(bool isPastDue) => new()
    {
        Json = JsonSerializer.Serialize(
            new { Schedule = new { AdjustForDST = true }, ScheduleStatus = (object?)null, IsPastDue = isPastDue }),
    };

    public static TypedData OfMetadata(object value) =>
        value is string text ? new() { String = text } : new() { Json = JsonSerializer.Serialize(value) };

    public static FunctionLog From(RpcLog log) => new(
        log.Category,
        (LogLevel)log.Level,
        log.Message,
        log.Exception is { } e ? $"{e.Type}: {e.Message}\n{e.StackTrace}" : null,
        log.InvocationId is { Length: > 0 } id ? id : null);

    public static FunctionFailedException? FailureOf(string function, StatusResult result) =>
        result.Status == StatusResult.Types.Status.Success
            ? null
            : new FunctionFailedException(
                function, result.Exception?.Type ?? "", result.Exception?.Message ?? result.Result, result.Exception?.StackTrace ?? "");

    /// <summary>A parameter of type <c>QueueMessage</c> or <see cref="BinaryData"/>.</summary>
    private static bool IsOfTheSdk(LoadedFunction function) =>
        function.Text("properties")?.Contains("supportsDeferredBinding", StringComparison.OrdinalIgnoreCase) == true;

    private static TypedData OfTheSdk(BinaryData body, IReadOnlyDictionary<string, object?>? metadata) => new()
    {
        ModelBindingData = new()
        {
            Version = "1.0",
            Source = "AzureStorageQueues",
            ContentType = "application/json",
            Content = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(new
            {
                MessageId = metadata?.GetValueOrDefault("Id") ?? WorkerChannel.NewId(),
                PopReceipt = metadata?.GetValueOrDefault("PopReceipt") ?? "",
                MessageText = body.ToString(),
                DequeueCount = metadata?.GetValueOrDefault("DequeueCount") ?? 1,
            })),
        },
    };
}
