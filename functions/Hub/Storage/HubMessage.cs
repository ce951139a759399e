using System.Text.Json;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>What travels in a queue of the hub: ids and a count, never an address or a secret.</summary>
public abstract record HubMessage
{
    /// <summary>How often it was put off.</summary>
    public int Attempt { get; init; }

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
