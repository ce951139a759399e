using CitiesOfLearning.DevHost.Settings;

namespace CitiesOfLearning.DevHost.Storage;

/// <summary>Decides at once which ports storage has, so that its address is known, and makes it answer in the background.</summary>
internal sealed class LocalStorage : IAsyncDisposable
{
    public const int UsualPort = 10000;

    /// <summary>Two more are needed behind it.</summary>
    public const int LastPort = 65533;

    private static readonly TimeSpan ProbePatience = TimeSpan.FromMilliseconds(500);

    private static readonly Version Ours = Version.Parse(Azurite.Version);

    private readonly DataFolder _data;
    private readonly PortBlock _ports;
    private readonly bool _answersAlready;
    private readonly CancellationTokenSource _stop = new();
    private Task<Azurite>? _starting;

    private LocalStorage(DataFolder data, PortBlock ports, bool answersAlready)
    {
        _data = data;
        _ports = ports;
        _answersAlready = answersAlready;
    }

    public string ConnectionString => Azurite.ConnectionString(_ports.First);

    /// <param name="data">Where Azurite keeps its files.</param>
    /// <param name="port">The first of three ports, or 0 for free ones.</param>
    /// <param name="say">Tells the person.</param>
    public static LocalStorage Choose(DataFolder data, int port, Action<string> say, CancellationToken cancellationToken)
    {
        data.WaitForEarlierStorage(say, cancellationToken);
        if (port == 0)
        {
            return new LocalStorage(data, PortBlock.FindFree(3), answersAlready: false);
        }

        var wanted = PortBlock.TryClaim(port);
        if (wanted is not null && PortBlock.IsFree(port, 3))
        {
            return new LocalStorage(data, wanted, answersAlready: false);
        }

        if (wanted is not null && AzuriteProbe.Find(port, ProbePatience) is { } version)
        {
            if (!Serves(version))
            {
                wanted.Dispose();
                throw WrongVersion(version, port);
            }

            say($"Using the storage emulator (azurite {version}) that already answers on ports {port} to {port + 2}.");
            return new LocalStorage(data, wanted, answersAlready: true);
        }

        wanted?.Dispose();
        var free = PortBlock.FindFree(3);
        say($"Ports {port} to {port + 2} are in use; the storage emulator takes {free.First} to {free.First + 2}.");
        return new LocalStorage(data, free, answersAlready: false);
    }

    /// <summary>Completes when storage answers.</summary>
    public Task StartAsync(Action<string> say)
    {
        if (_answersAlready)
        {
            return Task.CompletedTask;
        }

        _data.Explained(() => Directory.CreateDirectory(_data.Storage));
        var options = new AzuriteOptions(_ports.First, _data.Storage);
        return _starting = Task.Run(() => Azurite.StartAsync(options, _data.StorageStarted, say, _stop.Token));
    }

    /// <summary>Completes with the reason when the Azurite that we started goes by itself; never otherwise.</summary>
    public async Task<string> FailureAsync()
    {
        if (_starting is not null)
        {
            var azurite = await _starting;
            await azurite.Exited;
            if (azurite.HasFailed)
            {
                return $"The storage emulator has ended by itself:\n{azurite.LastWords}";
            }
        }

        return await new TaskCompletionSource<string>().Task;
    }

    /// <exception cref="DevHostException">It could not save what it holds; all else is done.</exception>
    public async ValueTask DisposeAsync()
    {
        string? lost = null;
        await _stop.CancelAsync();
        if (_starting is not null)
        {
            try
            {
                var azurite = await _starting;
                await azurite.DisposeAsync();
                lost = azurite.Lost;
            }
            catch (Exception e) when (e is OperationCanceledException or DevHostException)
            {
                // it never started, which has been said
            }

            _data.StorageStopped();
        }

        _ports.Dispose();
        _stop.Dispose();
        if (lost is not null)
        {
            throw new DevHostException(lost);
        }
    }

    // A newer one takes the requests of an older client; an older one may refuse the newest, half-way through.
    private static bool Serves(Version version) => version >= Ours && version.Major == Ours.Major;

    private static DevHostException WrongVersion(Version version, int port) => new(
        $"Azurite {version} answers on ports {port} to {port + 2}, and this hub needs {Ours} or a later {Ours.Major}.x.\n" +
        "Stop it or update it; or let the hub start its own on free ports:\n  Local__StoragePort=0 dotnet run --project functions/App");
}
