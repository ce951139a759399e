namespace CitiesOfLearning.Hub.Mail;

/// <summary>What one message says, before anyone sends it.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Html">A whole HTML document.</param>
/// <param name="Text">The same for those who read plain text.</param>
public sealed record MailText(string Subject, string Html, string Text);
