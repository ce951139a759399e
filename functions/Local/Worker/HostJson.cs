using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.Local.Worker;

/// <summary>
/// What host.json says, with the host's own defaults. As in Azure, a setting AzureFunctionsJobHost__{path} overrides it.
/// https://learn.microsoft.com/azure/azure-functions/functions-host-json
/// </summary>
internal sealed class HostJson
{
    private readonly JsonElement root;
    private readonly IConfigurationSection overrides;

    private HostJson(JsonElement root, IConfigurationSection overrides)
    {
        this.root = root;
        this.overrides = overrides;

        RoutePrefix = Read("extensions", "http", "routePrefix") ?? "api";
        BatchSize = Number("batchSize", 16);
        NewBatchThreshold = Number("newBatchThreshold", BatchSize / 2);
        MaxDequeueCount = Number("maxDequeueCount", 5);
        Base64 = Read("extensions", "queues", "messageEncoding") is not { } encoding
            || encoding.Equals("base64", StringComparison.OrdinalIgnoreCase);
        RetryDelay = Duration("visibilityTimeout", TimeSpan.Zero);

        // The host's default is a minute; a person who presses a button on a laptop does not wait for that.
        MaxPollingInterval = Duration("maxPollingInterval", TimeSpan.FromMilliseconds(250));
    }

    public string RoutePrefix { get; }

    public int BatchSize { get; }

    /// <summary>A new batch is fetched once no more than this many messages of the queue are in hand.</summary>
    public int NewBatchThreshold { get; }

    public int MaxDequeueCount { get; }

    public bool Base64 { get; }

    /// <summary>How long a message stays invisible after a failed attempt.</summary>
    public TimeSpan RetryDelay { get; }

    public TimeSpan MaxPollingInterval { get; }

    public static HostJson Read(string folder, IConfiguration configuration)
    {
        var file = Path.Combine(folder, "host.json");
        var overrides = configuration.GetSection("AzureFunctionsJobHost");
        if (!File.Exists(file))
        {
            return new HostJson(default, overrides);
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        return new HostJson(json.RootElement, overrides);
    }

    private string? Read(params ReadOnlySpan<string> path)
    {
        if (overrides[string.Join(':', path!)] is { } setting)
        {
            return setting;
        }

        var element = root;
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ToString();
    }

    private int Number(string name, int fallback)
    {
        return Read("extensions", "queues", name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
    }

    private TimeSpan Duration(string name, TimeSpan fallback)
    {
        return Read("extensions", "queues", name) is { } text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : fallback;
    }
}
