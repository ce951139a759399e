using CitiesOfLearning.App.Shared.Http;
using CitiesOfLearning.DevHost.Mail;
using CitiesOfLearning.DevHost.Settings;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.DevHost.Pages;

/// <summary>Stands before the hub: refuses names that are not this machine's, and answers everything under /local.</summary>
/// <param name="hub">Where sample senders deliver to.</param>
internal sealed class LocalSite(DevSettings settings, LoadedCities cities, string mailFolder, Uri hub)
{
    // The style is the hub's, which may be at another port.
    private readonly string _pagePolicy =
        $"default-src 'none'; style-src 'self' {hub.GetLeftPart(UriPartial.Authority)}; img-src 'self' data:; form-action 'self'; " +
        "frame-src 'self'; " +
        "base-uri 'none'; frame-ancestors 'none'";

    private readonly OwnHosts _own = new(settings["Hub:PublicUrl"]);
    private readonly Mailbox _mailbox = new(mailFolder, TimeProvider.System);
    private readonly LocalPage _page = new(cities);
    private readonly int _mailPerMinute = settings.Number("Local:MailPerMinute", 0);
    private FinishPages? _finish;
    private SendMailEndpoint? _sendMail;

    private FinishPages Finish =>
        LazyInitializer.EnsureInitialized(ref _finish, () => new(_page, cities, settings, hub, TimeProvider.System));

    private SendMailEndpoint SendMail =>
        LazyInitializer.EnsureInitialized(ref _sendMail, () => new(_mailbox, _mailPerMinute, TimeProvider.System));

    private MailPages Mail => new(_page, _mailbox);

    public Task HandleAsync(HttpContext context, Func<Task> next)
    {
        if (!_own.Include(context.Request))
        {
            return OwnHosts.RefuseAsync(context);
        }

        return context.Request.Path.StartsWithSegments("/local", StringComparison.OrdinalIgnoreCase) ? AnswerSafelyAsync(context) : next();
    }

    private async Task AnswerSafelyAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            && !context.Response.HasStarted
            && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync($"The mailbox cannot be used: {e.Message}\n", context.RequestAborted);
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = _pagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin"; // with no-referrer, browsers send our own forms with "Origin: null"
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && context.Request.IsCrossSite())
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        return (method, context.Request.Path.Value!.ToLowerInvariant().TrimEnd('/').Split('/')[2..]) switch
        {
            ("GET", []) => Finish.ListAsync(context),
            ("POST", ["finish", var city, var source]) => Finish.FinishAsync(context, city, source),
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

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Task Empty(HttpContext context)
    {
        _mailbox.Empty();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task EmptyAndShow(HttpContext context)
    {
        _mailbox.Empty();
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/local/mail";
        return Task.CompletedTask;
    }
}
