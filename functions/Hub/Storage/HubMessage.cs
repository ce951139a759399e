using System.Text.Json;
using System.Text.Json.Serialization;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>What travels in a queue of the hub: ids and a count, never an address or a secret.</summary>
public abstract record HubMessage
{
    /// <summary>How often it was put off.</summary>
    public int Attempt { get; init; }

    /// <summary>W3C Trace Context: the trace that it belongs to; null in a message from before there was one.</summary>
    [JsonPropertyName("traceparent")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    /// <summary>What working it through is called, in a trace.</summary>
    [JsonIgnore]
    public abstract string Stage { get; }

    /// <summary>What it is about.</summary>
    [JsonIgnore]
    public abstract IEnumerable<KeyValuePair<string, object?>> Ids { get; }

    public abstract string Write();

    /// <summary>What a message of a queue says; null if it is none of the hub's.</summary>
    public static HubMessage? TryRead(string queue, string text)
    {
        try
        {
            return queue switch
            {
                HubStorage.DeliveriesQueue => DeliveryMessage.Read(text),
                HubStorage.AwardsQueue => AwardMessage.Read(text),
                HubStorage.MailQueue => AwardChange.Read(text),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
