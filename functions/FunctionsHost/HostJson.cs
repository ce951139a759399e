using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.FunctionsHost;

/// <summary>
/// What host.json says, with the Functions host's own defaults. As there, a setting <c>AzureFunctionsJobHost__{path}</c> overrides it.
/// https://learn.microsoft.com/azure/azure-functions/functions-host-json
/// </summary>
internal sealed class HostJson
{
    private HostJson(Func<string, string?> read)
    {
        RoutePrefix = read("extensions:http:routePrefix") ?? "api";
        BatchSize = Number("batchSize", 16);
        NewBatchThreshold = Number("newBatchThreshold", BatchSize / 2);
        MaxDequeueCount = Number("maxDequeueCount", 5);
        IsBase64 = !string.Equals(read("extensions:queues:messageEncoding"), "none", StringComparison.OrdinalIgnoreCase);
        VisibilityTimeout = Duration("visibilityTimeout", TimeSpan.Zero);

        // The Functions host's default is a minute; a person who presses a button does not wait for that.
        MaxPollingInterval = Duration("maxPollingInterval", TimeSpan.FromMilliseconds(250));

        int Number(string name, int otherwise) =>
            read($"extensions:queues:{name}") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

        TimeSpan Duration(string name, TimeSpan otherwise) =>
            read($"extensions:queues:{name}") is { } text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    public string RoutePrefix { get; }

    public int BatchSize { get; }

    /// <summary>A new batch is fetched once no more than this many messages of the queue are in hand.</summary>
    public int NewBatchThreshold { get; }

    public int MaxDequeueCount { get; }

    public bool IsBase64 { get; }

    /// <summary>How long a message stays out of sight after a failed run. While it is worked on, that is the lease (<see cref="Queues.MessageLeasePolicy"/>).</summary>
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
        return new HostJson(path => configuration[$"AzureFunctionsJobHost:{path}"] ?? json[path]);
    }
}
