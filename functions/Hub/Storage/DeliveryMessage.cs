using System.Text.Json;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>What travels in the queue <c>deliveries</c>: a stored delivery is to be understood.</summary>
public sealed record DeliveryMessage(CityId City, string Source, string Delivery, string Blob) : HubMessage
{
    public override string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static DeliveryMessage Read(string message) => JsonSerializer.Deserialize<DeliveryMessage>(message, JsonSerializerOptions.Web)!;
}
