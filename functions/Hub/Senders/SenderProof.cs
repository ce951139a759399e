using System.Text.Json.Serialization;

namespace CitiesOfLearning.Hub.Senders;

/// <summary>How a sender shows that a delivery is its own.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BodyToken), "body-token")]
[JsonDerivedType(typeof(HmacHex), "hmac-sha256-hex")]
[JsonDerivedType(typeof(StandardWebhooks), "standard-webhooks")]
public abstract record SenderProof
{
    private SenderProof()
    {
    }

    /// <summary>The secret itself stands in the body, as a field of the outermost object.</summary>
    public sealed record BodyToken(string Field) : SenderProof;

    /// <summary>HMAC-SHA-256 of the raw body, in hex, after <paramref name="Prefix"/>. Key: the secret's UTF-8 bytes.</summary>
    public sealed record HmacHex(string Header, string Prefix) : SenderProof;

    /// <summary>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, symmetric signatures.</summary>
    public sealed record StandardWebhooks : SenderProof;
}
