using CitiesOfLearning.DevHost.Pages;
using CitiesOfLearning.DevHost.Services;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.DevHost.Tests;

/// <summary>The local pages on Kestrel, before a hub that keeps what is posted to it and answers 200.</summary>
internal sealed class RunningSite : IAsyncDisposable
{
    private readonly WebApplication _hub;
    private readonly LocalServer _server;
    private readonly HubPort _port;
    private readonly HubPort _hubPort;

    private RunningSite(WebApplication hub, LocalServer server, HubPort port, HubPort hubPort)
    {
        (_hub, _server, _port, _hubPort) = (hub, server, port, hubPort);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = port.Address };
    }

    public HttpClient Client { get; }

    public Uri Hub => _hubPort.Address;

    public List<(string Path, Dictionary<string, string> Headers, byte[] Body)> Deliveries { get; } = [];

    /// <summary>Settings are given as on the command line. The sample cities are loaded, or those given.</summary>
    public static async Task<RunningSite> StartAsync(string mailFolder, string[] settings, params string[] cities)
    {
        var cancel = TestContext.Current.CancellationToken;
        var (port, hubPort) = (HubPort.Choose(0), HubPort.Choose(0));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(hubPort.Number));
        var hub = builder.Build();
        var loaded = new LoadedCities();
        loaded.Set((cities.Length > 0 ? cities : ["brighton", "plymouth"]).Select(SampleCity));
        var site = new LocalSite(DevSettings.Read(settings), loaded, mailFolder, hubPort.Address);
        var running = new RunningSite(hub, await LocalServer.StartAsync(port.Number, site, hubPort.Address, cancel), port, hubPort);
        hub.Run(running.KeepAsync);
        await hub.StartAsync(cancel);
        return running;
    }

    /// <param name="id">Another than the folder's makes it a city of one's own.</param>
    public static City SampleCity(string id)
    {
        var folder = Path.Combine(Repository.SampleCities, id);
        var files = CityFiles.FromFolder(Directory.Exists(folder) ? folder : Path.Combine(Repository.SampleCities, "plymouth"));
        return new CityParser(SourceProfiles.Ids.ToHashSet()).Parse(id, files).City!;
    }

    public Task StopHubAsync() => _hub.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _hub.DisposeAsync();
        _port.Dispose();
        _hubPort.Dispose();
    }

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Deliveries.Add((context.Request.Path, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), body.ToArray()));
    }
}
