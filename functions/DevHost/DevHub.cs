using Azure.Core.Pipeline;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.DevHost;

/// <summary>Everything but the Functions host that makes one machine stand in for Azure: settings, keys, storage, mail, sample providers.</summary>
public sealed class Laptop
{
    private const int UsualPort = 7071;

    private readonly DataFolder _data;
    private readonly PortBlock? _ownPort;
    private readonly LocalStorage? _storage;
    private readonly LocalRoutes _routes;

    private Laptop(LaptopSettings settings, IConfigurationManager configuration)
    {
        _data = DataFolder.Open(Path.GetFullPath(settings["Local:DataFolder"] is { Length: > 0 } folder ? folder : Path.Combine(settings.Root, ".data")));
        (Port, _ownPort) = ChoosePort(settings.Number("Local:Port", UsualPort));
        settings.Set("Local:DataFolder", _data.Path);
        settings.Set("Hub:PublicUrl", $"http://localhost:{Port}");
        settings.Set("Local:CitiesFolder", Path.Combine(settings.Root, "localsettings-sample", "cities"));
        settings.Set("Hub:GraphUrl", $"http://localhost:{Port}/local/graph/v1.0");
        settings.Set("Hub:DataKey", _data.Key("data"));
        settings.Set("Hub:HashKey", _data.Key("hash"));
        if (!settings.IsGiven("AzureWebJobsStorage"))
        {
            _storage = LocalStorage.Choose(_data, settings.Number("Local:StoragePort", LocalStorage.UsualPort), Say);
            settings.Set("AzureWebJobsStorage", _storage.ConnectionString);
        }

        settings.AddTo(configuration);
        StorageReady = _storage?.StartAsync(Say) ?? Task.CompletedTask;
        _routes = new LocalRoutes(configuration, _data.Mail, Port, settings.Number("Local:MailPerMinute", 0));
    }

    /// <summary>Where the hub must listen, on localhost.</summary>
    public int Port { get; }

    /// <summary>Completes when storage answers; fails with a <see cref="DevHostException"/> that says why it does not.</summary>
    public Task StorageReady { get; }

    /// <summary>Completes the builder's configuration and begins to start storage. Ends the process where this machine cannot run the hub.</summary>
    public static Laptop Prepare(IHostApplicationBuilder builder, string[] args)
    {
        try
        {
            var laptop = Create(builder.Configuration, args);
            builder.Services.AddSingleton<HttpPipelinePolicy>(_ => new WaitForStorage(laptop.StorageReady));
            return laptop;
        }
        catch (DevHostException e)
        {
            Console.Error.WriteLine(e.Message);
            Environment.Exit(1);
            throw;
        }
    }

    internal static Laptop Create(IConfigurationManager configuration, string[] args)
    {
        configuration.AddCommandLine(args);
        var settings = new LaptopSettings(configuration, LaptopSettings.FindRoot());
        settings.Read(Path.Combine(settings.Root, "localsettings-sample", "local.settings.json"));
        return new Laptop(settings, configuration);
    }

    /// <summary>Whether the path belongs to the laptop and not to a function.</summary>
    public bool Handles(PathString path) => path.StartsWithSegments("/local", StringComparison.OrdinalIgnoreCase);

    public Task HandleAsync(HttpContext context) => _routes.HandleAsync(context);

    /// <summary>Call when Kestrel listens: waits for storage and ends the start-up output with the addresses to open.</summary>
    public async Task StartAsync(IServiceProvider services, CancellationToken ct)
    {
        try
        {
            await StorageReady.WaitAsync(ct);
        }
        catch (DevHostException e)
        {
            Fail(services, e.Message);
            return;
        }

        _ = WatchStorageAsync(services);
        await PrepareHubAsync(services, ct);
        Say($"""

            The hub runs. Ctrl-C stops it; everything stays in {_data.Path}.

              Finish a course   http://localhost:{Port}/local
              Verify a badge    http://localhost:{Port}/verify
              Plymouth's page   http://localhost:{Port}/cities/plymouth

            """);
    }

    // What the infrastructure and the upload do in Azure: tables and queues, the cities, their keys.
    private static async Task PrepareHubAsync(IServiceProvider services, CancellationToken ct)
    {
        if (services.GetService<HubStorage>() is not { } storage)
        {
            return;
        }

        await storage.CreateAsync(ct);
        await CityFolder.LoadAsync(services.GetRequiredService<IConfiguration>()["Local:CitiesFolder"]!, services.GetRequiredService<CityStore>(), Console.Out, ct);
        foreach (var city in await services.GetRequiredService<CityDirectory>().AllAsync(ct))
        {
            services.GetRequiredService<LocalSigner>().Prepare(city.Id);
        }
    }

    /// <summary>Stops what the laptop has started. Call last: what is in flight needs storage until it is finished.</summary>
    public async ValueTask StopAsync()
    {
        if (_storage is not null)
        {
            await _storage.DisposeAsync();
        }

        _ownPort?.Dispose();
        _data.Dispose();
    }

    private static void Say(string line) => Console.WriteLine(line);

    private static void Fail(IServiceProvider services, string reason)
    {
        Console.Error.WriteLine(reason);
        Environment.ExitCode = 1;
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
    }

    private static (int Port, PortBlock? Claim) ChoosePort(int wanted)
    {
        if (wanted == 0)
        {
            var free = PortBlock.FindFree(1);
            return (free.First, free);
        }

        return PortBlock.IsFree(wanted, 1)
            ? (wanted, null)
            : throw new DevHostException(
                $"Port {wanted} is in use, so the hub cannot listen there. Choose another, for example:\n" +
                "  Local__Port=7072 dotnet run --project functions/App");
    }

    private async Task WatchStorageAsync(IServiceProvider services)
    {
        if (_storage is not null)
        {
            Fail(services, await _storage.FailureAsync());
        }
    }
}
