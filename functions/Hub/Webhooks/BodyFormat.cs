using System.Net.Http.Headers;

namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>Whether a body is sent in a way that its profile speaks: content type, charset, content encoding.</summary>
internal static class BodyFormat
{
    // https://encoding.spec.whatwg.org/#names-and-labels, and what people write besides.
    private static readonly HashSet<string> Utf8 = new(StringComparer.OrdinalIgnoreCase)
    {
        "utf-8", "utf8", "utf_8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8",
    };

    /// <summary>What is wrong, in a sentence for the sender, or null.</summary>
    public static string? Problem(VerifiedWebhook webhook)
    {
        if (webhook.ContentEncoding is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return "Send the body uncompressed: without Content-Encoding.";
        }

        if (!MediaTypeHeaderValue.TryParse(webhook.ContentType, out var type)
            || !webhook.Profile.ContentTypes.Contains(type.MediaType, StringComparer.OrdinalIgnoreCase))
        {
            return $"Send one of these as Content-Type: {string.Join(", ", webhook.Profile.ContentTypes)}.";
        }

        return type.CharSet is null || Utf8.Contains(type.CharSet.Trim('"', '\'')) ? null : "Send the body in UTF-8.";
    }
}
