using CitiesOfLearning.Hub.Senders;

namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>What to answer the sender.</summary>
public abstract record Receipt
{
    private Receipt()
    {
    }

    /// <summary>The delivery is durable. Answered as the source's profile says.</summary>
    public sealed record Accepted(ProfileAnswer Answer) : Receipt;

    /// <summary>401, always the same: who asks does not learn what was wrong, nor whether the source exists.</summary>
    public sealed record Refused : Receipt;

    /// <summary>400: from the right sender, but the body cannot be read.</summary>
    public sealed record Malformed(WebhookProblem Problem) : Receipt;

    /// <summary>413.</summary>
    public sealed record TooLarge(WebhookProblem Problem) : Receipt;

    /// <summary>415: content type, charset or content encoding.</summary>
    public sealed record Unsupported(WebhookProblem Problem) : Receipt;
}

/// <summary>RFC 9457 problem details, without what HTTP adds. <paramref name="Type"/> never changes.</summary>
public sealed record WebhookProblem(string Type, string Title, string Detail)
{
    public static WebhookProblem TooLarge(int maxBytes) =>
        new("/problems/too-large", "The delivery is too large", $"This source takes at most {maxBytes} bytes.");

    public static WebhookProblem MalformedBody(string detail) => new("/problems/malformed-body", "The body cannot be read", detail);

    public static WebhookProblem UnsupportedMedia(string detail) =>
        new("/problems/unsupported-media", "The body is sent in a way this source does not speak", detail);
}
