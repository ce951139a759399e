using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.DevHost.Storage;

namespace CitiesOfLearning.DevHost;

/// <summary>What makes one machine stand in for Azure, but for what runs the functions: settings, data folder, keys, storage.</summary>
internal sealed class DevMachine : IAsyncDisposable
{
    public const string StorageSetting = "AzureWebJobsStorage";

    private readonly LocalStorage? _storage;

    private DevMachine(DevSettings settings, DataFolder data, Action<string> say)
    {
        Settings = settings;
        Data = data;
        settings.Set("Local:DataFolder", data.Path);
        settings.Set("Local:CitiesFolder", Path.Combine(settings.Root, "localsettings-sample", "cities"));
        settings.Set("Hub:DataKey", data.Key("data"));
        settings.Set("Hub:HashKey", data.Key("hash"));
        if (!HasStorage(settings))
        {
            _storage = LocalStorage.Choose(data, settings.Number("Local:StoragePort", LocalStorage.UsualPort), say);
            settings.Set(StorageSetting, _storage.ConnectionString);
        }
    }

    public DevSettings Settings { get; }

    public DataFolder Data { get; }

    /// <exception cref="DevHostException">This machine cannot run the hub; the message says why, and what to do.</exception>
    public static DevMachine Open(DevSettings settings, Action<string> say)
    {
        var folder = settings.Text("Local:DataFolder") ?? Path.Combine(settings.Root, ".data");
        var data = DataFolder.Open(Path.GetFullPath(folder));
        try
        {
            return new DevMachine(settings, data, say);
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
        if (_storage is not null)
        {
            await _storage.DisposeAsync();
        }

        Data.Dispose();
    }

    // A connection string, or how to reach an account by identity.
    private static bool HasStorage(DevSettings settings) => settings.IsGiven(StorageSetting)
        || settings.All.Keys.Any(key => key.StartsWith(StorageSetting + ":", StringComparison.OrdinalIgnoreCase));
}
