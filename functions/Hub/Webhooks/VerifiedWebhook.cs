using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Senders;

namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>A delivery that the sender proved to be its own. Only <see cref="WebhookVerifier"/> makes one.</summary>
public sealed class VerifiedWebhook
{
    /// <summary>Longer header values are as good as absent: what is kept goes into the blob's metadata, which is small.</summary>
    private const int MaxHeaderCharacters = 512;

    internal VerifiedWebhook(CityId city, string source, SourceProfile profile, UnverifiedWebhook webhook)
    {
        City = city;
        Source = source;
        Profile = profile;
        Body = webhook.Body;
        ContentType = webhook.ContentType;
        ContentEncoding = webhook.Header("content-encoding");
        ReceivedAt = webhook.ReceivedAt;
        Headers = profile.KeepHeaders
            .Where(n => webhook.Header(n) is { Length: <= MaxHeaderCharacters })
            .ToDictionary(n => n, n => webhook.Header(n)!, StringComparer.Ordinal);
    }

    public CityId City { get; }

    public string Source { get; }

    public SourceProfile Profile { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string? ContentType { get; }

    public string? ContentEncoding { get; }

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Those that the profile keeps, by lower-case name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }
}
