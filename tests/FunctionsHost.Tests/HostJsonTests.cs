using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.FunctionsHost.Tests;

public sealed class HostJsonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-host-json-").FullName;

    [Fact]
    public void Without_a_file_the_hosts_defaults_hold()
    {
        var settings = Read();

        Assert.Equal("api", settings.RoutePrefix);
        Assert.Equal((16, 8, 5), (settings.BatchSize, settings.NewBatchThreshold, settings.MaxDequeueCount));
        Assert.True(settings.IsBase64);
        Assert.Equal(TimeSpan.Zero, settings.VisibilityTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(250), settings.MaxPollingInterval); // ours: a person waits for it
    }

    [Fact]
    public void What_the_file_says_is_taken()
    {
        File.WriteAllText(Path.Combine(_folder, "host.json"), """
            {
              // the host allows comments
              "extensions": {
                "http": { "routePrefix": "v1" },
                "queues": {
                  "batchSize": 8, "newBatchThreshold": 3, "maxDequeueCount": 2, "messageEncoding": "none",
                  "visibilityTimeout": "00:00:30", "maxPollingInterval": "00:00:02"
                }
              }
            }
            """);

        var settings = Read();

        Assert.Equal("v1", settings.RoutePrefix);
        Assert.Equal((8, 3, 2), (settings.BatchSize, settings.NewBatchThreshold, settings.MaxDequeueCount));
        Assert.False(settings.IsBase64);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.VisibilityTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.MaxPollingInterval);
    }

    [Fact]
    public void A_setting_overrides_the_file()
    {
        File.WriteAllText(Path.Combine(_folder, "host.json"), """{ "extensions": { "queues": { "batchSize": 8 } } }""");

        var settings = Read(("AzureFunctionsJobHost:extensions:queues:batchSize", "4"));

        Assert.Equal((4, 2), (settings.BatchSize, settings.NewBatchThreshold));
    }

    [Theory]
    [InlineData("batchSize", "0", "a number from 1 to 32")]
    [InlineData("batchSize", "33", "a number from 1 to 32")]
    [InlineData("batchSize", "many", "a number from 1 to 32")]
    [InlineData("newBatchThreshold", "-1", "a number, and at least 0")]
    [InlineData("maxDequeueCount", "0", "a number, and at least 1")]
    [InlineData("visibilityTimeout", "-00:00:01", "a time from 00:00:00 to 7.00:00:00")]
    [InlineData("visibilityTimeout", "8.00:00:00", "a time from 00:00:00 to 7.00:00:00")]
    [InlineData("maxPollingInterval", "00:00:00", "a time from 00:00:00.1000000 to 1.00:00:00")]
    public void What_the_listener_does_not_take_is_said_in_a_sentence(string name, string value, string right)
    {
        var wrong = Assert.Throws<WorkerException>(() => Read(($"AzureFunctionsJobHost:extensions:queues:{name}", value)));

        Assert.Equal(
            $"{name} is \"{value}\" (in host.json under extensions:queues, or AzureFunctionsJobHost__extensions__queues__{name}); it " +
            $"must be {right}.", wrong.Message);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
    }

    private HostJson Read(params (string Name, string Value)[] settings)
    {
        var given = settings.ToDictionary(s => s.Name, s => (string?)s.Value);

        return HostJson.Read(_folder, new ConfigurationBuilder().AddInMemoryCollection(given).Build());
    }
}
