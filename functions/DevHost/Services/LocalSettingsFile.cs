using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.LocalKeys;

namespace CitiesOfLearning.DevHost.Services;

/// <summary>
/// functions/App/local.settings.json, from which func start has its settings. It holds the hub's keys: only its owner may read it, git
/// ignores it, and no publish has it. https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file
/// </summary>
internal sealed class LocalSettingsFile(string path)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>What func start needs of a machine's settings, by the names that it reads.</summary>
    public static SortedDictionary<string, string> For(DevSettings settings)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureWebJobsDisableHomepage"] = "true", // "/" is the hub's
        };
        foreach (var (key, value) in settings.All)
        {
            if (value is not null && IsOfTheHub(key))
            {
                values[DevSettings.Name(key)] = value;
            }
        }

        return values;
    }

    /// <summary>Writes it if there is none. One that is there may have been made by hand, and is left as it is.</summary>
    /// <returns>What to tell the person.</returns>
    public string Write(IReadOnlyDictionary<string, string> values)
    {
        if (!File.Exists(path))
        {
            var file = new JsonObject
            {
                ["IsEncrypted"] = false,
                ["Values"] = new JsonObject(values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value))),
            };
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(file, Readable), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return $"Settings for func are in {path} now.";
        }

        var there = new DevSettings("", Nothing, Nothing);
        there.ReadFile(path);
        string[] others = [.. values
            .Where(value => there[value.Key.Replace("__", ":", StringComparison.Ordinal)] != value.Value)
            .Select(value => value.Key)];
        return others.Length == 0
            ? $"Settings for func are in {path}."
            : $"{path} is there and was left as it is, but says otherwise of {string.Join(", ", others)}.\n" +
              "Correct it, or delete it and start this again: then it is written anew.";
    }

    private static Microsoft.Extensions.Configuration.IConfiguration Nothing =>
        new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build();

    private static bool IsOfTheHub(string key) => key.StartsWith("Hub:", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("Sources:", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(DevMachine.StorageSetting, StringComparison.OrdinalIgnoreCase)
        || key.Equals("Local:DataFolder", StringComparison.OrdinalIgnoreCase);
}
