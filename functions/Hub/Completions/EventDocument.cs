using System.Text.Json;
using CitiesOfLearning.Hub.Senders;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>What a source profile's expressions run over: <c>{"headers": …, "body": …}</c>.</summary>
internal static class EventDocument
{
    public static JmesDocument Of(IReadOnlyDictionary<string, string> headers, JsonElement body) =>
        new(JsonSerializer.SerializeToElement(new { headers, body }));
}
