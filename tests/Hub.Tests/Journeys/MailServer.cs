using System.Collections.Concurrent;
using System.Text;
using CitiesOfLearning.DevHost.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>Microsoft Graph's sendMail as the laptop has it, behind answers that a test chooses.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SendMailEndpoint _endpoint;

    private MailServer(WebApplication app, string folder, TimeProvider time)
    {
        _app = app;
        Box = new Mailbox(folder, time);
        _endpoint = new SendMailEndpoint(Box, perMinute: 0, time);
        app.MapPost("/v1.0/users/{sender}/sendMail", AnswerAsync);
    }

    public Mailbox Box { get; }

    /// <summary>Every message that was posted, accepted or not.</summary>
    public ConcurrentQueue<MimeMessage> Posted { get; } = new();

    /// <summary>The answers to the next messages; then each is accepted.</summary>
    public ConcurrentQueue<MailAnswer> Answers { get; } = new();

    public string GraphUrl => $"{_app.Urls.Single()}/v1.0";

    public static async Task<MailServer> StartAsync(string folder, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new MailServer(builder.Build(), folder, time);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, string sender)
    {
        context.Request.EnableBuffering();
        using (var body = new StreamReader(context.Request.Body, Encoding.ASCII, leaveOpen: true))
        {
            using var mime = new MemoryStream(Convert.FromBase64String(await body.ReadToEndAsync(context.RequestAborted)));
            Posted.Enqueue(await MimeMessage.LoadAsync(mime, context.RequestAborted));
        }

        context.Request.Body.Position = 0;
        switch (Answers.TryDequeue(out var answer) ? answer : new MailAnswer.Accept())
        {
            case MailAnswer.Accept:
                await _endpoint.HandleAsync(context, sender);
                break;
            case MailAnswer.AcceptAndCut:
                await _endpoint.HandleAsync(context, sender);
                context.Abort();
                break;
            case MailAnswer.Status status:
                context.Response.StatusCode = status.Code;
                if (status.RetryAfter is { } seconds)
                {
                    context.Response.Headers.RetryAfter = seconds;
                }

                await context.Response.WriteAsJsonAsync(new { error = new { code = "some", message = "some" } });
                break;
        }
    }
}

/// <summary>What the mail server does with one message.</summary>
internal abstract record MailAnswer
{
    public sealed record Accept : MailAnswer;

    /// <summary>The message is accepted, and nobody is told.</summary>
    public sealed record AcceptAndCut : MailAnswer;

    public sealed record Status(int Code, string? RetryAfter = null) : MailAnswer;
}
