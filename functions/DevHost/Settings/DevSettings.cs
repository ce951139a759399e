using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.DevHost.Settings;

/// <summary>
/// The settings of one machine: localsettings-sample/local.settings.json at the bottom, what this machine works out above it. The
/// environment wins over both, and the command line over that. An empty value counts as none.
/// </summary>
internal sealed class DevSettings(string root, IConfiguration environment, IConfiguration commandLine)
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
        ["Logging:LogLevel:Azure"] = "Warning",
    };

    public string Root { get; } = root;

    /// <summary>What the hub's worker, its triggers and the hub's own services are configured with, each key as "A:B".</summary>
    /// <remarks>The whole environment is in it: a trigger's connection may have any name.</remarks>
    public IReadOnlyDictionary<string, string?> All
    {
        get
        {
            var all = new Dictionary<string, string?>(_values, StringComparer.OrdinalIgnoreCase);
            foreach (var (key, value) in environment
                .AsEnumerable()
                .Concat(commandLine.AsEnumerable())
                .Where(s => s.Value is { Length: > 0 }))
            {
                all[key] = value;
            }

            return all;
        }
    }

    public string? this[string key] => Given(key) ?? _values.GetValueOrDefault(key);

    public static DevSettings Read(string[] args)
    {
        var settings = new DevSettings(FindRoot(), new ConfigurationBuilder().AddEnvironmentVariables().Build(), CommandLine(args));
        settings.ReadFile(Path.Combine(settings.Root, "localsettings-sample", "local.settings.json"));
        return settings;
    }

    /// <summary>Whether the environment or the command line gives it.</summary>
    public bool IsGiven(string key) => Given(key) is not null;

    public void Set(string key, string value) => _values[key] = value;

    public string? Text(string key) => this[key] is { Length: > 0 } text ? text : null;

    /// <param name="most">65535 is the last port.</param>
    public int Number(string key, int otherwise, int max = 65535) => this[key] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= max => number,
        var text => throw Wrong(key, text, $"a number from 0 to {max}"),
    };

    public bool Flag(string key) => this[key] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw Wrong(key, text, "true or false"),
    };

    /// <param name="most">The longest that whoever is given it takes.</param>
    public TimeSpan? Duration(string key, TimeSpan max) => this[key] switch
    {
        null or "" => null,
        var text when TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time)
            && time > TimeSpan.Zero
            && time <= max => time,
        var text => throw Wrong(key, text, $"a time such as 00:00:30, and at most {max:c}"),
    };

    /// <summary>Those of <c>Logging</c>, which are read by others.</summary>
    public void CheckLogLevels()
    {
        foreach (var (key, text) in All)
        {
            if (key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase)
                && key.Contains("LogLevel:", StringComparison.OrdinalIgnoreCase)
                && text is { Length: > 0 } && !Enum.TryParse<LogLevel>(text, ignoreCase: true, out _))
            {
                throw Wrong(key, text, string.Join(", ", Enum.GetNames<LogLevel>()[..^1]) + " or " + nameof(LogLevel.None));
            }
        }
    }

    /// <summary>Reads the "Values" of a local.settings.json as the Functions Core Tools do: A__B is A:B.</summary>
    public void ReadFile(string file)
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
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new DevHostException($"{file} cannot be read: {e.Message}");
        }
    }

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

    /// <summary>As it is written in the environment and in local.settings.json.</summary>
    public static string Name(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    private static DevHostException Wrong(string key, string text, string right) => new($"{Name(key)} is \"{text}\"; it must be {right}.");

    private static IConfigurationRoot CommandLine(string[] args)
    {
        try
        {
            return new ConfigurationBuilder().AddCommandLine(args).Build();
        }
        catch (FormatException e)
        {
            throw new DevHostException($"{e.Message} Write a setting as --Local:Port=7072.");
        }
    }

    private string? Given(string key) =>
        commandLine[key] is { Length: > 0 } said ? said : environment[key] is { Length: > 0 } set ? set : null;
}
