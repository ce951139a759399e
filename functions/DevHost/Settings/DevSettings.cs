using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace CitiesOfLearning.DevHost;

/// <summary>
/// The settings of one machine, under everything else: localsettings-sample/local.settings.json, then what the laptop works out. The
/// environment and the command line win over both.
/// </summary>
internal sealed class LaptopSettings(IConfiguration given, string root)
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
        ["Logging:LogLevel:Azure"] = "Warning",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
    };

    public string Root { get; } = root;

    public string? this[string key] => given[key] ?? _values.GetValueOrDefault(key);

    /// <summary>Whether the environment or the command line gives it.</summary>
    public bool IsGiven(string key) => !string.IsNullOrEmpty(given[key]);

    public void Set(string key, string value) => _values[key] = value;

    public int Number(string key, int otherwise) => this[key] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, out var number) && number is >= 0 and <= 65535 => number,
        var text => throw new DevHostException($"{key} is \"{text}\"; it must be a number from 0 to 65535."),
    };

    /// <summary>Reads the "Values" of a local.settings.json as the Functions Core Tools do: A__B is A:B.</summary>
    public void Read(string file)
    {
        if (!File.Exists(file))
        {
            return;
        }

        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), options);
            foreach (var value in document.RootElement.GetProperty("Values").EnumerateObject())
            {
                _values[value.Name.Replace("__", ":", StringComparison.Ordinal)] = value.Value.ToString();
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DevHostException($"{file} cannot be read: {e.Message}");
        }
    }

    public void AddTo(IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = _values });

    /// <summary>The nearest folder above the program or the current folder that holds the solution; else the program's own.</summary>
    public static string FindRoot()
    {
        foreach (var start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "CitiesOfLearning.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        return AppContext.BaseDirectory;
    }
}
