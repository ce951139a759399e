using CitiesOfLearning.DevHost.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.App.Tests;

/// <summary>Microsoft Graph's sendMail as DevHost has it, on a port of its own.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private MailServer(WebApplication app, string folder)
    {
        (_app, _folder) = (app, folder);
        Box = new Mailbox(folder, TimeProvider.System);
        var endpoint = new SendMailEndpoint(Box, perMinute: 0, TimeProvider.System);
        app.MapPost("/v1.0/users/{sender}/sendMail", (HttpContext context, string sender) => endpoint.HandleAsync(context, sender));
    }

    public Mailbox Box { get; }

    public string GraphUrl => $"{_app.Urls.Single()}/v1.0";

    public static async Task<MailServer> StartAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new MailServer(builder.Build(), folder);
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
