using System.Text;
using MimeKit;

namespace CitiesOfLearning.DevHost.Mail;

/// <summary>
/// Reads the MIME form of sendMail, the only one that carries HTML and plain text together: Content-Type text/plain, and the body is the
/// base64 of the message. https://learn.microsoft.com/graph/outlook-send-mime-message
/// </summary>
internal static class GraphMimeMessage
{
    public static MailMessage Read(ReadOnlyMemory<byte> body, string sender)
    {
        using var mime = Parse(body);
        string[] recipients = [.. mime.To.Mailboxes
            .Concat(mime.Cc.Mailboxes)
            .Concat(mime.Bcc.Mailboxes)
            .Select(mailbox => mailbox.Address)];
        GraphJsonMessage.CheckRecipients(recipients);
        return new MailMessage(
            mime.From.Mailboxes.FirstOrDefault()?.Address ?? sender,
            recipients,
            mime.Subject ?? "",
            mime.HtmlBody ?? "",
            mime.TextBody ?? "",
            mime.Headers.Contains(HeaderId.MessageId) ? $"<{mime.MessageId}>" : null);
    }

    private static MimeMessage Parse(ReadOnlyMemory<byte> body)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(Encoding.ASCII.GetString(body.Span));
        }
        catch (FormatException)
        {
            throw new GraphErrorException(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
        }

        try
        {
            using var stream = new MemoryStream(bytes);
            return MimeMessage.Load(stream);
        }
        catch (FormatException)
        {
            throw new GraphErrorException(400, "ErrorMimeContentInvalid", "Invalid MIME content.");
        }
    }
}
