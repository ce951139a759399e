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
    private AwardMessage()
    {
    }

    /// <summary>An award is to become a credential.</summary>
    public sealed record Issue(AwardId Award) : AwardMessage;

    /// <summary>What an award's row says of its standing is to be in the published status lists.</summary>
    public sealed record PublishStatus(AwardId Award) : AwardMessage;

    public override string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static AwardMessage Read(string message) => JsonSerializer.Deserialize<AwardMessage>(message, JsonSerializerOptions.Web)!;
}
