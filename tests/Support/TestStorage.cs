using System.Globalization;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.DevHost.Storage;

namespace CitiesOfLearning.Tests.Support;

/// <summary>Real storage for tests: one Azurite per test process, in memory, and an account of its own for whoever asks.</summary>
public static class TestStorage
{
    private const int Accounts = 400;

    private static readonly Lazy<Task<int>> FirstPort = new(StartAsync);
    private static int _handedOut;

    /// <summary>The connection string of an account that nobody has used.</summary>
    public static async Task<string> ConnectionStringAsync()
    {
        var number = Interlocked.Increment(ref _handedOut);
        return number <= Accounts
            ? Azurite.ConnectionString(await FirstPort.Value, Name(number))
            : throw new InvalidOperationException(
                $"More than {Accounts} accounts were asked for: raise {nameof(TestStorage)}.{nameof(Accounts)}.");
    }

    private static async Task<int> StartAsync()
    {
        var ports = PortBlock.FindFree(3);
        var folder = Directory.CreateTempSubdirectory("hub-test-storage-").FullName;
        var options = new AzuriteOptions(ports.First, folder, InMemory: true, [.. Enumerable.Range(1, Accounts).Select(Name)]);
        var azurite = await Azurite.StartAsync(options, Console.Error.WriteLine, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            azurite.DisposeAsync().AsTask().GetAwaiter().GetResult();
            ports.Dispose();
            Directory.Delete(folder, recursive: true);
        };
        return ports.First;
    }

    private static string Name(int number) => number.ToString("'t'0000", CultureInfo.InvariantCulture);
}
