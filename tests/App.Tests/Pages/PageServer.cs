using CitiesOfLearning.App.Shared.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.App.Tests.Pages;

/// <summary>Serves every page in every state, with what pages use.</summary>
public sealed class PageServer : IAsyncLifetime
{
    private static readonly byte[] Art = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><path fill="#0f6b7c" d="M100 6l82 47v94l-82 47-82-47V53z"/></svg>
        """u8.ToArray();

    private readonly WebApplication _app = Build();

    public string Address => _app.Urls.Single();

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet(
            "/assets/{name}",
            (string name) => Assets.Find(name) is { } asset ? Results.Bytes(asset.Bytes, asset.MediaType) : Results.NotFound());
        app.MapGet("/cities/{**rest}", () => Results.Bytes(Art, "image/svg+xml"));
        app.MapGet("/{name}", (string name, HttpRequest request) => EveryPage.Renderer.RenderAsync(request, EveryPage.Views[name]));
        return app;
    }
}
