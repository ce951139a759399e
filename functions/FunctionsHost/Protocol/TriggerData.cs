using System.Text.Json;
using Google.Protobuf;

namespace CitiesOfLearning.FunctionsHost.Protocol;

/// <summary>How what triggers a function is said to its worker.</summary>
internal static class TriggerData
{
    /// <summary>A message is bytes; how they travel, the parameter that is bound to the trigger decides.</summary>
    public static TypedData OfMessage(LoadedFunction function, BinaryData body, string id, string popReceipt, long dequeueCount) =>
        IsOfTheSdk(function) ? OfTheSdk(body, id, popReceipt, dequeueCount)
        : string.Equals(function.Text("dataType"), "binary", StringComparison.OrdinalIgnoreCase)
            ? new() { Bytes = UnsafeByteOperations.UnsafeWrap(body.ToMemory()) }
            : new() { String = body.ToString() };

    public static TypedData OfTimer(bool isPastDue) => new()
    {
        Json = JsonSerializer.Serialize(
            new { Schedule = new { AdjustForDST = true }, ScheduleStatus = (object?)null, IsPastDue = isPastDue }),
    };

    /// <summary>A parameter of type <c>QueueMessage</c> or <see cref="BinaryData"/>.</summary>
    private static bool IsOfTheSdk(LoadedFunction function) =>
        function.IsTriggeredBy("queue")
            && function.Text("properties")?.Contains("supportsDeferredBinding", StringComparison.OrdinalIgnoreCase) == true;

    private static TypedData OfTheSdk(BinaryData body, string id, string popReceipt, long dequeueCount) => new()
    {
        ModelBindingData = new()
        {
            Version = "1.0",
            Source = "AzureStorageQueues",
            ContentType = "application/json",
            Content = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(
                new { MessageId = id, PopReceipt = popReceipt, MessageText = body.ToString(), DequeueCount = dequeueCount })),
        },
    };
}
