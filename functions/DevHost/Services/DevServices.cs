using CitiesOfLearning.DevHost.Pages;
using CitiesOfLearning.DevHost.Settings;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.DevHost.Services;

/// <summary>Everything beside the app, for those who run that with the Functions Core Tools: storage, mailbox, sample senders.</summary>
internal sealed class DevServices : IAsyncDisposable
{
    private const int UsualPort = 7072;

    // Where func start listens.
    private const string UsualHub = "http://localhost:7071";

    private readonly DevMachine _machine;
    private readonly HubPort _port;
    private readonly Progress _progress;
    private readonly ILoggerFactory _logging;
    private readonly LoadedCities _cities = new();

    private DevServices(DevMachine machine, HubPort port, Progress progress)
    {
        _machine = machine;
        _port = port;
        _progress = progress;
        _logging = DevLogging.Create(machine.Settings);
    }

    /// <exception cref="DevHostException">This machine cannot run them; the message says why, and what to do.</exception>
    public static DevServices Open(string[] args, Progress progress, CancellationToken cancellationToken)
    {
        var settings = DevSettings.Read(args);
        var port = HubPort.Choose(settings.Number("Local:Port", UsualPort));
        settings.Set("Hub:PublicUrl", UsualHub);
        settings.Set("Hub:GraphUrl", port.GraphUrl);
        return new DevServices(DevMachine.Open(settings, progress.Say, cancellationToken), port, progress);
    }

    /// <summary>Runs them until it is cancelled.</summary>
    /// <exception cref="DevHostException">They cannot go on; the message says why, and what to do.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var settings = _machine.Settings;
        var hub = new Uri(settings["Hub:PublicUrl"]!);
        var storage = _machine.StartStorageAsync(_progress.Say);
        await using var server = await LocalServer.StartAsync(
            _port.Number, new LocalSite(settings, _cities, _machine.Data.Mail, hub), hub, cancellationToken);
        await _progress.WaitAsync(storage, "Waiting for storage", "Storage answers", cancellationToken);
        await new HubPreparation(_machine, _cities, _logging).RunAsync(storage, _progress.Say, cancellationToken);

        var app = Path.Combine(settings.Root, "functions", "App");
        _progress.Say(
            _machine.Data.Explained(
                () => new LocalSettingsFile(Path.Combine(app, "local.settings.json")).Write(LocalSettingsFile.For(settings))));
        _progress.Say($"""

            Storage and mailbox run. Now, in another terminal:  cd {app} && func start
            Ctrl-C stops them; everything stays in {_machine.Data.Path}.

              Finish a course   {_port.Address}local
              The hub itself    {hub}

            """);
        var failed = _machine.StorageFailedAsync();
        await await Task.WhenAny(Task.Delay(Timeout.Infinite, cancellationToken), failed);
        throw new DevHostException(await failed);
    }

    public async ValueTask DisposeAsync()
    {
        using (_port)
        using (_logging)
        {
            await _machine.DisposeAsync();
        }
    }
}
