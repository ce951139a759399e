using CitiesOfLearning.DevHost.Pages;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.FunctionsHost;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.DevHost;

/// <summary>The whole hub on one machine: storage, the app's worker under the Functions host, mailbox, sample senders.</summary>
internal sealed class DevHub : IAsyncDisposable
{
    private const int UsualPort = 7071;

    // As long as Azure lets a worker finish what is in flight, for someone who waits at a prompt.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly Progress _progress;
    private readonly DevMachine _machine;
    private readonly HubPort _port;
    private readonly ILoggerFactory _logging;
    private readonly LoadedCities _cities = new();
    private readonly CancellationTokenSource _ending = new();
    private FunctionsAppHost? _host;
    private Task _prepared = Task.CompletedTask;

    private DevHub(DevMachine machine, HubPort port, Progress progress)
    {
        _machine = machine;
        _port = port;
        _progress = progress;
        _logging = DevLogging.Create(machine.Settings);
    }

    /// <exception cref="DevHostException">This machine cannot run the hub; the message says why, and what to do.</exception>
    public static DevHub Open(string[] args, Progress progress, CancellationToken cancellationToken)
    {
        var settings = DevSettings.Read(args);
        var port = HubPort.Choose(settings.Number("Local:Port", UsualPort));
        settings.Set("Hub:PublicUrl", port.PublicUrl(Environment.GetEnvironmentVariable));
        settings.Set("Hub:GraphUrl", port.GraphUrl);
        return new DevHub(DevMachine.Open(settings, progress.Say, cancellationToken), port, progress);
    }

    /// <summary>Runs the hub until it is cancelled.</summary>
    /// <exception cref="DevHostException">It cannot go on; the message says why, and what to do.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = cancellationToken.Register(_ending.Cancel);
        var stop = _ending.Token;
        var prepared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = _host = Host(prepared.Task);
        var storage = _machine.StartStorageAsync(_progress.Say);
#pragma warning disable CA2025 // DisposeAsync waits for it before it disposes of what it uses
        _prepared = new HubPreparation(_machine, _cities, _logging).RunAsync(storage, _progress.Say, stop);
#pragma warning restore CA2025
        _ = _prepared.ContinueWith(prepared.SetFromTask, TaskScheduler.Default);
        await ListenAsync(host, stop);

        var failed = FailAsync(host);
        await await Task.WhenAny(ReadyAsync(host, storage, stop), failed);
        SayWhereItIs();
        await await Task.WhenAny(Task.Delay(Timeout.Infinite, stop), failed);
    }

    /// <summary>Stops the functions, then storage: what is in flight needs it until it is finished.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (_host is not null)
        {
            using var patience = new CancellationTokenSource(StopPatience);
            await _host.StopAsync(patience.Token);
            await _host.DisposeAsync();
        }

        await _prepared.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using (_port)
        using (_logging)
        using (_ending)
        {
            await _machine.DisposeAsync();
        }
    }

    private FunctionsAppHost Host(Task storageReady)
    {
        var settings = _machine.Settings;
        var options = new FunctionsAppHostOptions
        {
            AppFolder = AppFolder.Of(settings),
            Port = _port.Number,
            Settings = settings.All,
            StorageReady = storageReady,
            Before = new LocalSite(settings, _cities, _machine.Data.Mail, _port.Address).HandleAsync,
            MessageLease = settings.Duration("Local:MessageLease", FunctionsAppHostOptions.MaxMessageLease),
            Chaos = settings.Flag("Local:Chaos"),
            LoggerFactory = _logging,
        };
        return FunctionsAppHost.IsBuilt(options.AppFolder) ? new FunctionsAppHost(options) : throw AppFolder.NotBuilt(options.AppFolder);
    }

    private async Task ListenAsync(FunctionsAppHost host, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is AddressInUseException || e.InnerException is AddressInUseException)
        {
            throw HubPort.Taken(_port.Number);
        }
    }

    private async Task ReadyAsync(FunctionsAppHost host, Task storage, CancellationToken cancellationToken)
    {
        await _progress.WaitAsync(storage, "Waiting for storage", "Storage answers", cancellationToken);
        await _progress.WaitAsync(_prepared, "Preparing storage and loading the cities", "The cities are loaded", cancellationToken);
        await _progress.WaitAsync(host.Ready, "Waiting for the app's worker", "The worker runs", cancellationToken);
    }

    private async Task FailAsync(FunctionsAppHost host) =>
        throw new DevHostException(await await Task.WhenAny(_machine.StorageFailedAsync(), host.Failed));

    private void SayWhereItIs()
    {
        var hub = _port.Address.ToString();
        (string What, string Where)[] addresses =
        [
            ("Finish a course", $"{hub}local"),
            ("Verify a badge", $"{hub}verify"),
            .. _cities.All.Select(city => ($"{city.Name}'s page", $"{hub}cities/{city.Id}")),
        ];
        var width = addresses.Max(address => address.What.Length);
        _progress.Say($"""

            The hub runs. Ctrl-C stops it; everything stays in {_machine.Data.Path}.

            {string.Join('\n', addresses.Select(address => $"  {address.What.PadRight(width)}   {address.Where}"))}

            """);
    }
}
