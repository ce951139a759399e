using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsTesting.Worker;

/// <summary>Between what a test says and what the protocol does.</summary>
internal static class Message
{
    /// <summary>What a queue would give: text and bytes as they are, anything else as JSON.</summary>
    public static TypedData Of(object message, IReadOnlyDictionary<string, object?>? metadata, LoadedFunction function)
    {
        var body = message switch
        {
            BinaryData bytes => bytes,
            string text => BinaryData.FromString(text),
            _ => BinaryData.FromString(JsonSerializer.Serialize(message)),
        };
        return TriggerData.OfMessage(
            function,
            body,
            metadata?.GetValueOrDefault("Id") as string ?? WorkerChannel.NewId(),
            metadata?.GetValueOrDefault("PopReceipt") as string ?? "",
            Convert.ToInt64(metadata?.GetValueOrDefault("DequeueCount") ?? 1, CultureInfo.InvariantCulture));
    }

    public static TypedData OfMetadata(object value) =>
        value is string text ? new() { String = text } : new() { Json = JsonSerializer.Serialize(value) };

    public static FunctionLog From(RpcLog log) => new(
        log.Category,
        (LogLevel)log.Level,
        log.Message,
        log.Exception is { } exception ? TextOf(exception) : null,
        log.InvocationId is { Length: > 0 } id ? id : null);

    public static FunctionFailedException? FailureOf(string function, StatusResult result) =>
        result.Status == StatusResult.Types.Status.Success
            ? null
            : new FunctionFailedException(
                function, result.Exception?.Type ?? "", result.Exception?.Message ?? result.Result, result.Exception?.StackTrace ?? "");

    // Of an exception that it logs the worker says the type within the message.
    private static string TextOf(RpcException exception) =>
        (exception.Type.Length > 0 ? $"{exception.Type}: " : "") + $"{exception.Message}\n{exception.StackTrace}";
}
