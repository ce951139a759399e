using System.Text.Json;
using CitiesOfLearning.FunctionsHost.Protocol;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.FunctionsTesting.Worker;

/// <summary>Between what a test says and what the protocol does.</summary>
internal static class Message
{
    public static TypedData Of(object message) => message switch
    {
        TypedData data => data,
        string text => new() { String = text },
        BinaryData bytes => new() { Bytes = UnsafeByteOperations.UnsafeWrap(bytes.ToMemory()) },
        _ => new() { String = JsonSerializer.Serialize(message) },
    };

    public static TypedData OfTimer(bool isPastDue) => new()
    {
        Json = JsonSerializer.Serialize(new { Schedule = new { AdjustForDST = true }, ScheduleStatus = (object?)null, IsPastDue = isPastDue }),
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
}
