using System.Text.Json;
using System.Text.Json.Serialization;
using CitiesOfLearning.Hub.Identifiers;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>What travels in the queue <c>awards</c>: what is wanted.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "want")]
[JsonDerivedType(typeof(Issue), "issue")]
[JsonDerivedType(typeof(PublishStatus), "publishStatus")]
public abstract record AwardMessage : HubMessage
{
    private AwardMessage(AwardId award) => Award = award;

    public AwardId Award { get; }

    [JsonIgnore]
    public override IEnumerable<KeyValuePair<string, object?>> Ids => [new("award", Award.ToString())];

    /// <summary>An award is to become a credential.</summary>
    public sealed record Issue(AwardId Award) : AwardMessage(Award)
    {
        [JsonIgnore]
        public override string Stage => "ISSUE";
    }

    /// <summary>What an award's row says of its standing is to be in the published status lists.</summary>
    public sealed record PublishStatus(AwardId Award) : AwardMessage(Award)
    {
        [JsonIgnore]
        public override string Stage => "PUBLISH STATUS";
    }

    public override string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static AwardMessage Read(string message) => JsonSerializer.Deserialize<AwardMessage>(message, JsonSerializerOptions.Web)!;
}
