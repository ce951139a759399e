using System.Text.Json;

namespace CitiesOfLearning.DevHost.Mail;

/// <summary>
/// Reads the JSON form of sendMail: https://learn.microsoft.com/graph/api/user-sendmail. It has one body, HTML or text. The SDK writes
/// the action's parameters as "Message" and "SaveToSentItems", the documentation in lower case; Graph takes both.
/// </summary>
internal static class GraphJsonMessage
{
    public static MailMessage Read(ReadOnlyMemory<byte> body, string sender)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var message = Property(document.RootElement, "message") ?? throw GraphErrorException.BadJson();
            string[] recipients =
            [
                .. Addresses(Property(message, "toRecipients")),
                .. Addresses(Property(message, "ccRecipients")),
                .. Addresses(Property(message, "bccRecipients")),
            ];
            CheckRecipients(recipients);
            CheckHeaders(Property(message, "internetMessageHeaders"));
            var from = Property(message, "from") is { ValueKind: JsonValueKind.Object } given ? Address(given) : null;
            var content = Property(message, "body");
            var text = content is { } some ? Text(some, "content") ?? "" : "";
            var isHtml = content is { } other && string.Equals(Text(other, "contentType"), "html", StringComparison.OrdinalIgnoreCase);
            return new MailMessage(
                from ?? sender, recipients, Text(message, "subject") ?? "", isHtml ? text : "", isHtml ? "" : text, Text(
                    message, "internetMessageId"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw GraphErrorException.BadJson();
        }
    }

    internal static void CheckRecipients(IReadOnlyCollection<string> recipients)
    {
        if (recipients.Count == 0 || recipients.Any(address => !address.Contains('@', StringComparison.Ordinal)))
        {
            throw GraphErrorException.NoRecipients();
        }
    }

    // https://learn.microsoft.com/graph/api/resources/internetmessageheader: custom headers begin with x-
    private static void CheckHeaders(JsonElement? headers)
    {
        if (headers is not { ValueKind: JsonValueKind.Array } list)
        {
            return;
        }

        foreach (var name in list.EnumerateArray().Select(header => Text(header, "name") ?? ""))
        {
            if (!name.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
            {
                throw new GraphErrorException(
                    400, "InvalidInternetMessageHeader", $"The internet message header name '{name}' should start with 'x-' or 'X-'.");
            }
        }
    }

    private static IEnumerable<string> Addresses(JsonElement? recipients) =>
        recipients is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(recipient => Address(recipient) ?? "") : [];

    private static string? Address(JsonElement recipient) =>
        Property(recipient, "emailAddress") is { ValueKind: JsonValueKind.Object } address ? Text(address, "address") : null;

    private static string? Text(JsonElement parent, string name) =>
        Property(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement? Property(JsonElement parent, string name)
    {
        foreach (var property in parent.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value;
            }
        }

        return null;
    }
}
