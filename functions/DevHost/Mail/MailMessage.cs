namespace CitiesOfLearning.DevHost.Mail;

/// <summary>One message as it was handed to the mail service.</summary>
/// <param name="From">The address it is sent from.</param>
/// <param name="Recipients">Every address it goes to, at least one.</param>
/// <param name="Subject">Its subject, decoded.</param>
/// <param name="Html">The HTML body, or empty.</param>
/// <param name="Text">The plain text body, or empty.</param>
/// <param name="InternetMessageId">RFC 5322 Message-ID, or null when the sender gave none.</param>
public sealed record MailMessage(
    string From, IReadOnlyList<string> Recipients, string Subject, string Html, string Text, string? InternetMessageId);

/// <summary>One message in one recipient's mailbox.</summary>
/// <param name="Id">Names it in addresses under /local/mail.</param>
/// <param name="To">Whose mailbox.</param>
/// <param name="From">The address it came from.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Html">The HTML body, or empty.</param>
/// <param name="Text">The plain text body, or empty.</param>
/// <param name="SentAt">When the first copy came; no two messages have the same.</param>
/// <param name="Links">Where the links of the HTML body go, each once, in their order.</param>
/// <param name="Copies">How often it was sent; the mailbox shows it once.</param>
public sealed record ReceivedMail(
    string Id,
    string To,
    string From,
    string Subject,
    string Html,
    string Text,
    DateTimeOffset SentAt,
    IReadOnlyList<string> Links,
    int Copies);
