using CitiesOfLearning.DevHost.Mail;
using CitiesOfLearning.DevHost.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.DevHost;

/// <summary>Answers everything under /local.</summary>
internal sealed class LocalRoutes(IConfiguration configuration, string mailFolder, int port, int mailPerMinute)
{
    private readonly Lazy<Mailbox> _mailbox = new(() => new Mailbox(mailFolder, TimeProvider.System));
    private readonly Lazy<FinishPages> _finish = new(() => new FinishPages(configuration, port, TimeProvider.System));
    private SendMailEndpoint? _sendMail;

    private MailPages Mail => new(_mailbox.Value);

    public Task HandleAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = LocalHtml.PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin"; // with no-referrer, browsers send our own forms with "Origin: null"
        var publicHost = Uri.TryCreate(configuration["Hub:PublicUrl"], UriKind.Absolute, out var url) ? url.Host : "localhost";
        if (!SameSite.IsThisMachine(context.Request, publicHost) || !SameSite.MayChange(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        return (method, context.Request.Path.Value!.ToLowerInvariant().TrimEnd('/').Split('/')[2..]) switch
        {
            ("GET", []) => _finish.Value.ListAsync(context),
            ("POST", ["finish", var city, var source]) => _finish.Value.FinishAsync(context, city, source),
            ("GET", ["mail"]) => Mail.ListAsync(context),
            ("GET", ["mail.json"]) => Mail.ListJsonAsync(context),
            ("GET", ["mail", var id]) => Mail.MessageAsync(context, id),
            ("GET", ["mail", var id, "html"]) => Mail.HtmlAsync(context, id),
            ("DELETE", ["mail"]) => Empty(context),
            ("POST", ["mail", "empty"]) => EmptyAndShow(context),
            ("POST", ["graph", "v1.0", "users", var sender, "sendmail"]) => SendMail.HandleAsync(context, Uri.UnescapeDataString(sender)),
            _ => NotFound(context),
        };
    }

    private SendMailEndpoint SendMail =>
        LazyInitializer.EnsureInitialized(ref _sendMail, () => new SendMailEndpoint(_mailbox.Value, mailPerMinute, TimeProvider.System));

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Task Empty(HttpContext context)
    {
        _mailbox.Value.Empty();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task EmptyAndShow(HttpContext context)
    {
        _mailbox.Value.Empty();
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/local/mail";
        return Task.CompletedTask;
    }
}
