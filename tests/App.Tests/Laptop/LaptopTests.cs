using System.Net;
using System.Net.Sockets;
using Azure.Storage.Queues;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.DevHost.Storage;

namespace CitiesOfLearning.App.Tests.Laptop;

public sealed class LaptopTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("laptop-tests-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_are_made_on_the_first_start_and_kept_ever_after()
    {
        string? dataKey, hashKey;
        await using (var first = await RunningLaptop.StartAsync(_data))
        {
            (dataKey, hashKey) = (first["Hub:DataKey"], first["Hub:HashKey"]);
        }

        await using var second = await RunningLaptop.StartAsync(_data);

        Assert.Equal(32, Convert.FromBase64String(dataKey!).Length);
        Assert.NotEqual(dataKey, hashKey);
        Assert.Equal((dataKey, hashKey), (second["Hub:DataKey"], second["Hub:HashKey"]));
    }

    [Fact]
    public async Task Only_the_owner_reads_the_keys()
    {
        await using var laptop = await RunningLaptop.StartAsync(_data);

        foreach (var file in Directory.GetFiles(Path.Combine(_data, "keys")))
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task What_the_command_line_gives_wins_and_the_rest_is_worked_out()
    {
        await using var laptop = await RunningLaptop.StartAsync(_data, "--Hub:PublicUrl=https://hub.example.org");

        var port = laptop.Client.BaseAddress!.Port;
        Assert.Equal("https://hub.example.org", laptop["Hub:PublicUrl"]);
        Assert.Equal($"http://localhost:{port}/local/graph/v1.0", laptop["Hub:GraphUrl"]);
        Assert.EndsWith(Path.Combine("localsettings-sample", "cities"), laptop["Local:CitiesFolder"]);
        Assert.Equal(_data, laptop["Local:DataFolder"]);
    }

    [Fact]
    public async Task A_second_hub_with_the_same_data_folder_is_refused_with_a_way_out()
    {
        await using var first = await RunningLaptop.StartAsync(_data);

        var refusal = await Assert.ThrowsAsync<LaptopException>(() => RunningLaptop.StartAsync(_data));

        Assert.Contains("Another hub is running", refusal.Message);
        Assert.Contains("Local__DataFolder", refusal.Message);
    }

    [Fact]
    public async Task A_taken_port_is_refused_with_a_way_out()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var refusal = await Assert.ThrowsAsync<LaptopException>(() => RunningLaptop.StartAsync(_data, $"--Local:Port={port}"));

        Assert.Contains($"Port {port} is in use", refusal.Message);
        Assert.Contains("Local__Port=", refusal.Message);
    }

    [Fact]
    public async Task Storage_avoids_ports_that_something_else_uses()
    {
        using var block = PortBlock.FindFree(3);
        var port = block.First;
        block.Dispose();
        using var taken = new TcpListener(IPAddress.Loopback, port + 1);
        taken.Start();

        await using var laptop = await RunningLaptop.StartAsync(_data, $"--Local:StoragePort={port}");
        await laptop.StorageReady;

        var storage = laptop["AzureWebJobsStorage"]!;
        Assert.DoesNotContain($":{port}/", storage);
        var queue = await new QueueServiceClient(storage).CreateQueueAsync("works", cancellationToken: Cancel);
        Assert.Equal("works", queue.Value.Name);
    }

    [Fact]
    public async Task Storage_that_answers_already_is_used_and_left_running()
    {
        var block = PortBlock.FindFree(3);
        var port = block.First;
        block.Dispose();
        await using var azurite = await Azurite.StartAsync(
            new AzuriteOptions(port, Path.Combine(_data, "other"), InMemory: true), _ => { }, Cancel);

        await using (var laptop = await RunningLaptop.StartAsync(_data, $"--Local:StoragePort={port}"))
        {
            await laptop.StorageReady;
            Assert.Contains($":{port}/", laptop["AzureWebJobsStorage"]);
        }

        Assert.False(azurite.Exited.IsCompleted);
    }

    [Fact]
    public async Task Two_hubs_never_share_one_storage_by_accident()
    {
        var block = PortBlock.FindFree(3);
        var port = block.First;
        block.Dispose();
        await using var first = await RunningLaptop.StartAsync(Path.Combine(_data, "a"), $"--Local:StoragePort={port}");
        await first.StorageReady;

        await using var second = await RunningLaptop.StartAsync(Path.Combine(_data, "b"), $"--Local:StoragePort={port}");

        Assert.NotEqual(first["AzureWebJobsStorage"], second["AzureWebJobsStorage"]);
    }

    [Fact]
    public void Settings_are_read_as_the_core_tools_read_them()
    {
        var file = Path.Combine(_data, "local.settings.json");
        File.WriteAllText(file, """{ "IsEncrypted": false, "Values": { "Sources__plymouth__moodle__Secret": "local-moodle-token" } }""");
        var settings = new LaptopSettings(new Microsoft.Extensions.Configuration.ConfigurationManager(), _data);

        settings.Read(file);

        Assert.Equal("local-moodle-token", settings["Sources:plymouth:moodle:Secret"]);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
