using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.FunctionsHost;

/// <summary>
/// What host.json says, with the Functions host's own defaults. As there, a setting <c>AzureFunctionsJobHost__{path}</c> overrides it.
/// https://learn.microsoft.com/azure/azure-functions/functions-host-json
/// </summary>
internal sealed class HostJson
{
    private const string Settings = "AzureFunctionsJobHost";
    private const string Queues = "extensions:queues:";

    // The queue service's.
    private const int MaxBatch = 32;

    // The listener's own.
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);

    private HostJson(Func<string, string?> read)
    {
        RoutePrefix = read("extensions:http:routePrefix") ?? "api";
        BatchSize = Number("batchSize", 16, 1, MaxBatch);
        NewBatchThreshold = Number("newBatchThreshold", BatchSize / 2, 0, int.MaxValue);
        MaxDequeueCount = Number("maxDequeueCount", 5, 1, int.MaxValue);
        IsBase64 = !string.Equals(read(Queues + "messageEncoding"), "none", StringComparison.OrdinalIgnoreCase);
        VisibilityTimeout = Duration("visibilityTimeout", TimeSpan.Zero, TimeSpan.Zero, FunctionsAppHostOptions.MaxMessageLease);

        // The Functions host's default is a minute; a person who presses a button does not wait for that.
        MaxPollingInterval = Duration("maxPollingInterval", TimeSpan.FromMilliseconds(250), ShortestPoll, TimeSpan.FromDays(1));

        int Number(string name, int otherwise, int least, int max) => read(Queues + name) switch
        {
            null or "" => otherwise,
            var text when int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= max => number,
            var text =>
                throw Wrong(name, text, max < int.MaxValue ? $"a number from {least} to {max}" : $"a number, and at least {least}"),
        };

        TimeSpan Duration(string name, TimeSpan otherwise, TimeSpan least, TimeSpan max) => read(Queues + name) switch
        {
            null or "" => otherwise,
            var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= least && time <= max => time,
            var text => throw Wrong(name, text, string.Create(CultureInfo.InvariantCulture, $"a time from {least:c} to {max:c}")),
        };
    }

    public string RoutePrefix { get; }

    public int BatchSize { get; }

    /// <summary>A new batch is fetched once no more than this many messages of the queue are in hand.</summary>
    public int NewBatchThreshold { get; }

    public int MaxDequeueCount { get; }

    public bool IsBase64 { get; }

    /// <summary>
    /// How long a message stays out of sight after a failed run. While it is worked on, that is the lease
    /// (<see cref="Queues.MessageLeasePolicy"/>).
    /// </summary>
    public TimeSpan VisibilityTimeout { get; }

    public TimeSpan MaxPollingInterval { get; }

    /// <param name="folder">The app's output folder.</param>
    /// <param name="configuration">With the settings that may override the file.</param>
    /// <exception cref="WorkerException">One of them cannot be read.</exception>
    public static HostJson Read(string folder, IConfiguration configuration)
    {
        var file = Path.Combine(folder, "host.json");
        try
        {
            return ReadFile(file, configuration);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or OverflowException)
        {
            throw new WorkerException($"{file}, or a setting AzureFunctionsJobHost__… over it, cannot be read: {e.Message}");
        }
    }

    private static HostJson ReadFile(string file, IConfiguration configuration)
    {
        var json = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file), optional: true, reloadOnChange: false).Build();
        return new HostJson(path => configuration[$"{Settings}:{path}"] ?? json[path]);
    }

    private static WorkerException Wrong(string name, string text, string right)
    {
        var setting = $"{Settings}:{Queues}{name}".Replace(":", "__", StringComparison.Ordinal);
        return new($"{name} is \"{text}\" (in host.json under {Queues.TrimEnd(':')}, or {setting}); it must be {right}.");
    }
}
