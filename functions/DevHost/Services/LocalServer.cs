using CitiesOfLearning.DevHost.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.DevHost.Services;

/// <summary>The local pages on a port of their own; whatever else is asked for is at the hub.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalServer(WebApplication app) => _app = app;

    /// <exception cref="DevHostException">The port is taken.</exception>
    public static async Task<LocalServer> StartAsync(int port, LocalSite site, Uri hub, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenLocalhost(port);
        });
        builder.Services.AddLogging();
        var app = builder.Build();
        app.Run(context => site.HandleAsync(context, () => SendOn(context, hub)));
        try
        {
            await app.StartAsync(cancellationToken);
            return new LocalServer(app);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            throw HubPort.Taken(port);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static Task SendOn(HttpContext context, Uri hub)
    {
        context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
        context.Response.Headers.Location = hub.GetLeftPart(UriPartial.Authority)
            + context.Request.Path.ToUriComponent()
            + context.Request.QueryString.ToUriComponent();
        return Task.CompletedTask;
    }
}
