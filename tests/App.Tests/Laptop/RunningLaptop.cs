using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Machine = CitiesOfLearning.Local.Laptop.Laptop;

namespace CitiesOfLearning.App.Tests.Laptop;

/// <summary>A laptop on Kestrel without the hub: it keeps what is posted to /hooks and answers 200.</summary>
internal sealed class RunningLaptop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Machine _laptop;

    private RunningLaptop(WebApplication app, Machine laptop)
    {
        _app = app;
        _laptop = laptop;
        Client = new HttpClient { BaseAddress = new Uri($"http://localhost:{laptop.Port}") };
    }

    public HttpClient Client { get; }

    public List<(string Path, Dictionary<string, string> Headers, byte[] Body)> Deliveries { get; } = [];

    public string? this[string key] => _app.Configuration[key];

    public Task StorageReady => _laptop.StorageReady;

    /// <summary>Settings are given as on the command line. There is no storage unless Local:StoragePort is given.</summary>
    public static async Task<RunningLaptop> StartAsync(string dataFolder, params string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        string[] storage = settings.Any(s => s.StartsWith("--Local:StoragePort")) ? [] : ["--AzureWebJobsStorage=none"];
        var laptop = Machine.Create(builder.Configuration, [$"--Local:DataFolder={dataFolder}", "--Local:Port=0", .. storage, .. settings]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(laptop.Port));
        var app = builder.Build();
        var running = new RunningLaptop(app, laptop);
        app.Run(context => laptop.Handles(context.Request.Path) ? laptop.HandleAsync(context) : running.KeepAsync(context));
        await app.StartAsync();
        return running;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _laptop.StopAsync();
    }

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Deliveries.Add((context.Request.Path, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), body.ToArray()));
    }
}
