using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CitiesOfLearning.DevHost.Mail;
using Microsoft.AspNetCore.Http;
using static CitiesOfLearning.DevHost.Pages.LocalPage;

namespace CitiesOfLearning.DevHost.Pages;

/// <summary>The mailbox of everyone on this machine, for people and for programs.</summary>
internal sealed class MailPages(LocalPage page, Mailbox mailbox)
{
    // A message may not run, load from elsewhere or submit anything; a link in it leaves the frame.
    private const string MessagePolicy =
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
            +
        "sandbox allow-top-navigation-by-user-activation";

    // Links are to be found with grep as well; nothing reads this as HTML (nosniff).
    private static readonly MailJson Plain = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public Task ListAsync(HttpContext context)
    {
        var messages = mailbox.List();
        var rows = string.Join('\n', messages.Select(message => $"""
            <li><a href="/local/mail/{message.Id}">{Encode(message.Subject.Length > 0 ? message.Subject : "(no subject)")}</a>
            <br>to {Encode(message.To)}, {Time(message)}</li>
            """));
        var unreadable = mailbox.Unreadable() is { Count: > 0 } files
            ? $"<p>Not shown, because they cannot be read: {Encode(string.Join(", ", files))}. Correct them or delete them, and start " +
            "the hub again.</p>\n"
            : "";
        return page.WriteAsync(context, "Mailbox", unreadable + (messages.Count == 0
            ? "<p>No mail yet. <a href=\"/local\">Finish a course</a>, wait a second, and load this page again.</p>"
            : $"""
                <p>Everything that the hub has sent on this machine. Nothing left it.</p>
                <ul class="plain">
                {rows}
                </ul>
                <form method="post" action="/local/mail/empty"><button class="button">Empty the mailbox</button></form>
                """));
    }

    public async Task ListJsonAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(
            context.Response.Body, mailbox.List(), Plain.IReadOnlyListReceivedMail, context.RequestAborted);
    }

    public Task MessageAsync(HttpContext context, string id)
    {
        if (mailbox.Find(id) is not { } message)
        {
            return NotFoundAsync(context);
        }

        var links = string.Join('\n', message.Links.Select(link => $"<li>{Link(link)}</li>"));
        var copies = message.Copies > 1 ? $"<p>Sent {message.Copies} times, shown once.</p>" : "";
        return page.WriteAsync(context, message.Subject.Length > 0 ? message.Subject : "(no subject)", $"""
            <dl class="facts">
            <div><dt>To</dt><dd>{Encode(message.To)}</dd></div>
            <div><dt>From</dt><dd>{Encode(message.From)}</dd></div>
            <div><dt>Sent</dt><dd>{Time(message)}</dd></div>
            </dl>
            {copies}
            <section class="card">
            <h2>Links</h2>
            {(links.Length > 0 ? $"<ul>\n{links}\n</ul>" : "<p>None.</p>")}
            </section>
            <section class="card">
            <h2>As HTML</h2>
            {(message.Html.Length > 0
                ? "<iframe class=\"mail\" title=\"The message as HTML\" width=\"100%\" height=\"600\" " +
                $"sandbox=\"allow-top-navigation-by-user-activation\" src=\"/local/mail/{message.Id}/html\"></iframe>"
                : "<p>None.</p>")}
            </section>
            <section class="card">
            <h2>As plain text</h2>
            {(message.Text.Length > 0 ? $"<pre tabindex=\"0\">{Encode(message.Text)}</pre>" : "<p>None.</p>")}
            </section>
            """);
    }

    public Task HtmlAsync(HttpContext context, string id)
    {
        if (mailbox.Find(id) is not { } message)
        {
            return NotFoundAsync(context);
        }

        context.Response.Headers.ContentSecurityPolicy = MessagePolicy;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync("<base target=\"_top\">\n" + message.Html, context.RequestAborted);
    }

    private Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return page.WriteAsync(context, "Not here", "<p>No such message. <a href=\"/local/mail\">The mailbox</a></p>");
    }

    private static string Link(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https" or "mailto")
        ? $"<a href=\"{Encode(link)}\">{Encode(link)}</a>"
        : Encode(link);

    private static string Time(ReceivedMail message) =>
        message.SentAt.ToLocalTime().ToString("d MMMM yyyy, HH:mm:ss", CultureInfo.GetCultureInfo("en-GB"));
}
