using System.Text.Json;
using System.Text.Json.Serialization;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>What travels in the queue <c>deliveries</c>: a stored delivery is to be understood.</summary>
public sealed record DeliveryMessage(CityId City, string Source, string Delivery, string Blob) : HubMessage
{
    [JsonIgnore]
    public override string Stage => "UNDERSTAND";

    [JsonIgnore]
    public override IEnumerable<KeyValuePair<string, object?>> Ids =>
        [new("city", City.ToString()), new("source", Source), new("delivery", Delivery)];

    public override string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static DeliveryMessage Read(string message) => JsonSerializer.Deserialize<DeliveryMessage>(message, JsonSerializerOptions.Web)!;
}
