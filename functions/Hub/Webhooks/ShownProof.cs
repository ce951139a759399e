using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.Hub.Senders;

namespace CitiesOfLearning.Hub.Webhooks;

/// <summary>What a sender showed, taken out of its request and ready to be compared.</summary>
/// <param name="CurrentKey">The HMAC key, or null if there is no such secret.</param>
/// <param name="Prefix">What is signed before the body.</param>
/// <param name="Reason">What is wrong before any comparison, or null.</param>
internal sealed record ShownProof(
    byte[]? CurrentKey, byte[]? NextKey, string Prefix, IReadOnlyList<byte[]> Signatures, bool TokenMatches = false, string? Reason = null)
{
    /// <summary>Standard Webhooks, "Verifying webhook authenticity": a timestamp further away is refused.</summary>
    public static readonly TimeSpan ReplayWindow = TimeSpan.FromSeconds(300);

    private const int MaxSignatures = 10;

    public static ShownProof Nothing(string reason) => new(null, null, "", [], Reason: reason);

    public static ShownProof OfToken(string? token, string? current, string? next) =>
        new(null, null, "", [], Same(token, current) | Same(token, next), token is null ? "no token in the body" : null);

    public static ShownProof OfHex(UnverifiedWebhook webhook, SenderProof.HmacHex proof, string? current, string? next)
    {
        var header = webhook.Header(proof.Header);
        return new(
            Utf8(current),
            Utf8(next),
            "",
            header is null ? [] : [FromHex(header, proof.Prefix)],
            Reason: header is null ? "no signature" : null);
    }

    /// <summary>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme</summary>
    public static ShownProof OfStandardWebhooks(UnverifiedWebhook webhook, string? current, string? next, DateTimeOffset now)
    {
        var (id, timestamp) = (webhook.Header("webhook-id"), webhook.Header("webhook-timestamp"));
        var list = webhook.Header("webhook-signature");
        return new(FromWhsec(current), FromWhsec(next), $"{id}.{timestamp}.", FromList(list), Reason: Reason());

        string? Reason()
        {
            if (string.IsNullOrEmpty(id) || list is null)
            {
                return "no webhook-id or no webhook-signature";
            }

            if ((current is not null && FromWhsec(current) is null) || (next is not null && FromWhsec(next) is null))
            {
                return "a secret in the settings is not base64";
            }

            return long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= ReplayWindow.TotalSeconds
                ? null
                : "the timestamp is missing or more than 300 s away";
        }
    }

    private static byte[]? Utf8(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);

    private static byte[] FromHex(string header, string prefix)
    {
        var hex = header.StartsWith(prefix, StringComparison.Ordinal) ? header[prefix.Length..] : "";
        return hex.Length == 2 * SHA256.HashSizeInBytes && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : [];
    }

    private static byte[]? FromWhsec(string? secret)
    {
        const string prefix = "whsec_";
        var text = secret is not null && secret.StartsWith(prefix, StringComparison.Ordinal) ? secret[prefix.Length..] : secret;
        return string.IsNullOrEmpty(text) ? null : FromBase64(text);
    }

    /// <summary>
    /// A space-separated list, so that a sender can sign with the old and the new secret; versions other than v1 are not ours.
    /// </summary>
    private static List<byte[]> FromList(string? list) =>
        [.. (list ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(s => s.StartsWith("v1,", StringComparison.Ordinal))
            .Take(MaxSignatures)
            .Select(s => FromBase64(s["v1,".Length..]) ?? [])];

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>Hashed first, so that neither length nor content shows in the time it takes.</summary>
    private static bool Same(string? shown, string? secret) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(shown ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(secret ?? "")))
        && shown is not null && secret is not null;
}
