using System.Net;
using System.Text;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Mail;

/// <summary>
/// The message that invites a learner to claim. Its picture is the badge's own, the same for everyone, so opening the message tells nobody.
/// One column of plain paragraphs with inline styles: Outlook, which draws with Word, knows little more.
/// </summary>
public static class ClaimMail
{
    private const string ButtonStyle =
        "display:inline-block;background-color:#0b5a7a;border:14px solid #0b5a7a;border-left-width:24px;border-right-width:24px;" +
        "border-radius:6px;color:#ffffff;font-weight:bold;text-decoration:none";

    /// <param name="learnerName">As the provider gave it, and so not to be trusted; null if it is not known.</param>
    /// <param name="claimUrl">The learner's own link.</param>
    /// <param name="badgeImageUrl">The PNG that the city published.</param>
    public static MailText Write(
        City city,
        BadgeClassVersion badge,
        string? learnerName,
        string language,
        string claimUrl,
        string badgeImageUrl)
    {
        var texts = UserTexts.In(language);
        var mail = new MailTexts(
            OneLine(texts["Mail.subject", badge.Name.In(language)]),
            string.IsNullOrWhiteSpace(learnerName) ? texts["Mail.helloYou"] : texts["Mail.hello", OneLine(learnerName)],
            texts["Mail.earned", city.Name.In(language), badge.Name.In(language)],
            texts["Mail.what"],
            texts["Mail.button"],
            texts["Mail.goesTo"],
            texts["Mail.keeps"],
            texts["Mail.noNeed"],
            city.ContactEmail is null ? texts["Mail.askProvider"] : texts["Mail.ask", city.ContactEmail],
            texts["Mail.why", city.Sender.Name.In(language)]);
        return new MailText(
            mail.Subject, Html(mail, texts.Language, claimUrl, badgeImageUrl, badge.PictureAlt.In(language)), Text(mail, claimUrl));
    }

    private static string Html(MailTexts mail, string language, string claimUrl, string imageUrl, string imageAlt) =>
        $"""
        <!DOCTYPE html>
        <html lang="{language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Encode(mail.Subject)}</title>
        </head>
        <body style="margin:0;padding:24px 16px;font-family:Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:17px;line-height:1.5">
        <div style="max-width:560px;margin:0 auto">
        <p style="margin:0 0 16px">{Encode(mail.Hello)}</p>
        <p style="margin:0 0 16px;font-size:20px"><strong>{Encode(mail.Earned)}</strong></p>
        <p style="margin:0 0 16px"><img src="{Encode(imageUrl)}" alt="{Encode(imageAlt)}" width="160" height="160" style="border:0"></p>
        <p style="margin:0 0 16px">{Encode(mail.What)}</p>
        <p style="margin:24px 0"><a href="{Encode(claimUrl)}" style="{ButtonStyle}">{Encode(mail.Button)}</a></p>
        <p style="margin:0 0 16px">{Encode(mail.GoesTo)}<br>{LinkAsText(claimUrl)}</p>
        <p style="margin:0 0 16px">{Encode(mail.Keeps)} {Encode(mail.NoNeed)}</p>
        <p style="margin:0 0 16px">{Encode(mail.Ask)}</p>
        <p style="margin:24px 0 0;font-size:15px">{Encode(mail.Why)}</p>
        </div>
        </body>
        </html>

        """;

    private static string Text(MailTexts mail, string claimUrl) =>
        $"""
        {mail.Hello}

        {mail.Earned}

        {mail.What}

        {mail.Button}:
        {claimUrl}

        {mail.Keeps} {mail.NoNeed}

        {mail.Ask}

        {mail.Why}

        """;

    /// <summary>
    /// Without line breaks and other control characters: a header stays one header (RFC 5322, 2.2:
    /// https://www.rfc-editor.org/rfc/rfc5322#section-2.2).
    /// </summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var visible = char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character;
            if (visible != ' ' || line is { Length: > 0 } && line[^1] != ' ')
            {
                line.Append(visible);
            }
        }

        return line.ToString().TrimEnd();
    }

    private static string LinkAsText(string url) => $"<a href=\"{Encode(url)}\" style=\"word-break:break-all\">{Encode(url)}</a>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private sealed record MailTexts(
        string Subject,
        string Hello,
        string Earned,
        string What,
        string Button,
        string GoesTo,
        string Keeps,
        string NoNeed,
        string Ask,
        string Why);
}
