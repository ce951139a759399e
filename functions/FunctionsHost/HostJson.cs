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
    private HostJson(Func<string, string?> read)
    {
        RoutePrefix = read("extensions:http:routePrefix") ?? "api";
        BatchSize = Number("batchSize", 16);
        NewBatchThreshold = Number("newBatchThreshold", BatchSize / 2);
        MaxDequeueCount = Number("maxDequeueCount", 5);
        Base64 = read("extensions:queues:messageEncoding") is not { } encoding
            || encoding.Equals("base64", StringComparison.OrdinalIgnoreCase);
        RetryDelay = Duration("visibilityTimeout", TimeSpan.Zero);

        // The host's default is a minute; a person who presses a button on a laptop does not wait for that.
        MaxPollingInterval = Duration("maxPollingInterval", TimeSpan.FromMilliseconds(250));

        int Number(string name, int otherwise)
        {
            return read($"extensions:queues:{name}") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        }

        TimeSpan Duration(string name, TimeSpan otherwise)
        {
            return read($"extensions:queues:{name}") is { } text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        }
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
        using var json = JsonDocument.Parse(
            File.Exists(file) ? File.ReadAllText(file) : "{}", new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        return new HostJson(path => configuration[$"AzureFunctionsJobHost:{path}"] ?? Find(json.RootElement, path));
    }

    private static string? Find(JsonElement element, string path)
    {
        foreach (var name in path.Split(':'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ToString();
    }
}
