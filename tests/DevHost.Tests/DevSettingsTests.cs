using CitiesOfLearning.DevHost.Services;
using CitiesOfLearning.DevHost.Settings;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.DevHost.Tests;

public sealed class DevSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("settings-tests-").FullName;

    [Fact]
    public void Settings_are_read_as_the_core_tools_read_them()
    {
        var file = Path.Combine(_folder, "local.settings.json");
        File.WriteAllText(file, """{ "IsEncrypted": false, "Values": { "Sources__plymouth__moodle__Secret": "local-moodle-token" } }""");
        var settings = Settings([], []);

        settings.ReadFile(file);

        Assert.Equal("local-moodle-token", settings["Sources:plymouth:moodle:Secret"]);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_what_is_worked_out()
    {
        var settings = Settings(
            [
                ("Hub:PublicUrl", "https://environment.example"),
                ("Hub:DataKey", "environment"),
                ("Hub:HashKey", ""),
                ("PATH", "/bin"),
                ("Sources:a:b:Secret", "s")
            ],
            [("Hub:PublicUrl", "https://line.example")]);
        settings.Set("Hub:PublicUrl", "http://localhost:7071");
        settings.Set("Hub:DataKey", "worked out");
        settings.Set("Hub:HashKey", "worked out");

        var all = settings.All;

        Assert.Equal(("https://line.example", "environment", "worked out"), (all["Hub:PublicUrl"], all["Hub:DataKey"], all["Hub:HashKey"]));
        Assert.Equal(
            ("https://line.example", "environment", "worked out"),
            (settings["Hub:PublicUrl"], settings["Hub:DataKey"], settings["Hub:HashKey"]));
        Assert.Equal("s", all["Sources:a:b:Secret"]);
        Assert.Equal("/bin", all["PATH"]); // a connection may have any name
    }

    [Theory]
    [InlineData(null, null, "http://localhost:8080")]
    [InlineData("shiny-rotary", "app.github.dev", "https://shiny-rotary-8080.app.github.dev")]
    public void The_public_address_is_this_machine_or_the_codespace(string? name, string? domain, string address)
    {
        using var port = HubPort.Choose(0);
        var environment = new Dictionary<string, string?>
        {
            ["CODESPACE_NAME"] = name,
            ["GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN"] = domain
        };

        Assert.Equal(address.Replace("8080", $"{port.Number}", StringComparison.Ordinal), port.PublicUrl(environment.GetValueOrDefault));
    }

    [Fact]
    public void What_func_reads_is_written_once_for_its_owner_alone_and_then_only_compared()
    {
        var path = Path.Combine(_folder, "local.settings.json");
        var settings = Settings([], []);
        settings.Set("Hub:DataKey", "key");
        settings.Set("Local:DataFolder", _folder);
        settings.Set("AzureWebJobsStorage", "UseDevelopmentStorage=true");
        settings.Set("Sources:plymouth:code-club:Secret", "It's a Secret to Everybody");

        var first = new LocalSettingsFile(path).Write(LocalSettingsFile.For(settings));
        var second = new LocalSettingsFile(path).Write(LocalSettingsFile.For(settings));
        settings.Set("Hub:DataKey", "another");
        var third = new LocalSettingsFile(path).Write(LocalSettingsFile.For(settings));

        Assert.Equal(($"Settings for func are in {path} now.", $"Settings for func are in {path}."), (first, second));
        Assert.Contains("says otherwise of Hub__DataKey.", third);
        var read = Settings([], []);
        read.ReadFile(path);
        Assert.Equal(
            ("key", "It's a Secret to Everybody", "true"),
            (read["Hub:DataKey"], read["Sources:plymouth:code-club:Secret"], read["AzureWebJobsDisableHomepage"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DevSettings Settings((string Key, string Value)[] environment, (string Key, string Value)[] commandLine) =>
        new(_folder, Configuration(environment), Configuration(commandLine));

    private static IConfigurationRoot Configuration((string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key, v => (string?)v.Value)).Build();
}
