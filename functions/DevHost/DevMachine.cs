using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.DevHost.Storage;
using CitiesOfLearning.Hub.Settings;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.DevHost;

/// <summary>What makes one machine stand in for Azure, but for what runs the functions: settings, data folder, keys, storage.</summary>
internal sealed class DevMachine : IAsyncDisposable
{
    public const string StorageSetting = "AzureWebJobsStorage";

    private readonly LocalStorage? _storage;

    private DevMachine(DevSettings settings, DataFolder data, Action<string> say, CancellationToken cancellationToken)
    {
        Settings = settings;
        Data = data;
        settings.Set("Local:DataFolder", data.Path);
        settings.Set("Local:CitiesFolder", Path.Combine(settings.Root, "localsettings-sample", "cities"));
        SetKey("Hub:DataKey", "data");
        SetKey("Hub:HashKey", "hash");
        Check(settings);
        if (!HasStorage(settings))
        {
            var port = settings.Number("Local:StoragePort", LocalStorage.UsualPort, LocalStorage.LastPort);
            _storage = LocalStorage.Choose(data, port, say, cancellationToken);
            settings.Set(StorageSetting, _storage.ConnectionString);
        }
    }

    public DevSettings Settings { get; }

    public DataFolder Data { get; }

    /// <exception cref="DevHostException">This machine cannot run the hub; the message says why, and what to do.</exception>
    public static DevMachine Open(DevSettings settings, Action<string> say, CancellationToken cancellationToken)
    {
        var folder = settings.Text("Local:DataFolder") ?? Path.Combine(settings.Root, ".data");
        var data = DataFolder.Open(Path.GetFullPath(folder));
        try
        {
            return new DevMachine(settings, data, say, cancellationToken);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Completes when the storage that is started here answers, or at once where there is another.</summary>
    public Task StartStorageAsync(Action<string> say) => _storage?.StartAsync(say) ?? Task.CompletedTask;

    /// <summary>Completes with the reason when the storage that was started here goes by itself.</summary>
    public Task<string> StorageFailedAsync() => _storage?.FailureAsync() ?? new TaskCompletionSource<string>().Task;

    public async ValueTask DisposeAsync()
    {
        using (Data)
        {
            if (_storage is not null)
            {
                await _storage.DisposeAsync();
            }
        }
    }

    // Everything that can be wrong with them, before anything starts.
    private static void Check(DevSettings settings)
    {
        settings.CheckLogLevels();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.All).Build();
        if (HubOptionsValidator.Laptop.Problems(configuration) is { Count: > 0 } problems)
        {
            throw new DevHostException(string.Join('\n', problems));
        }
    }

    // A connection string, or how to reach an account by identity.
    private static bool HasStorage(DevSettings settings) => settings.IsGiven(StorageSetting)
        || settings.All.Keys.Any(key => key.StartsWith(StorageSetting + ":", StringComparison.OrdinalIgnoreCase));

    private void SetKey(string setting, string name)
    {
        if (!Settings.IsGiven(setting))
        {
            Settings.Set(setting, Data.Key(name));
        }
    }
}
