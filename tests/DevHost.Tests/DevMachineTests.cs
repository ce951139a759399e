using Azure.Storage.Queues;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.DevHost.Storage;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.DevHost.Tests;

public sealed class DevMachineTests : IDisposable
{
    private const string WithoutStorage = "--AzureWebJobsStorage=none";

    private readonly string _data = Directory.CreateTempSubdirectory("machine-tests-").FullName;
    private readonly List<string> _said = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_are_made_on_the_first_start_and_kept_ever_after()
    {
        string? dataKey, hashKey;
        await using (var first = Open(_data, WithoutStorage))
        {
            (dataKey, hashKey) = (first.Settings["Hub:DataKey"], first.Settings["Hub:HashKey"]);
        }

        await using var second = Open(_data, WithoutStorage);

        Assert.Equal(32, Convert.FromBase64String(dataKey!).Length);
        Assert.NotEqual(dataKey, hashKey);
        Assert.Equal((dataKey, hashKey), (second.Settings["Hub:DataKey"], second.Settings["Hub:HashKey"]));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("99999999999999")]
    [InlineData("-5")]
    [InlineData("")]
    public async Task A_note_of_a_process_that_is_no_storage_of_ours_is_not_waited_for(string note)
    {
        await File.WriteAllTextAsync(Path.Combine(_data, "azurite.pid"), note, Cancel);

        await using var machine = Open(_data, "--Local:StoragePort=0");

        Assert.Empty(_said);
    }

    [Fact]
    public async Task Ctrl_C_is_heard_while_storage_of_an_earlier_run_finishes()
    {
        await using var earlier = await Azurite.StartAsync(new AzuriteOptions(FreePorts(), _data, InMemory: true), _ => { }, Cancel);
        await File.WriteAllTextAsync(Path.Combine(_data, "azurite.pid"), $"{earlier.ProcessId}", Cancel);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var settings = DevSettings.Read([$"--Local:DataFolder={_data}", "--Hub:PublicUrl=http://localhost", "--Local:StoragePort=0"]);

        Assert.Throws<OperationCanceledException>(() => DevMachine.Open(settings, _said.Add, stop.Token));

        Assert.Equal(["Waiting for the storage emulator of the last run to finish…"], _said);
    }

    [Fact]
    public async Task Only_the_owner_reads_the_keys()
    {
        await using var machine = Open(_data, WithoutStorage);

        foreach (var file in Directory.GetFiles(Path.Combine(_data, "keys")))
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task A_second_hub_with_the_same_data_folder_is_refused_with_a_way_out()
    {
        await using var first = Open(_data, WithoutStorage);

        var refusal = Assert.Throws<DevHostException>(() => Open(_data, WithoutStorage));

        Assert.Contains("Another hub is running", refusal.Message);
        Assert.Contains("Local__DataFolder", refusal.Message);
    }

    [Fact]
    public async Task Storage_avoids_ports_that_something_else_uses()
    {
        var port = FreePorts();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port + 1);
        taken.Start();

        await using var machine = Open(_data, $"--Local:StoragePort={port}");
        await machine.StartStorageAsync(_said.Add);

        var storage = machine.Settings[DevMachine.StorageSetting]!;
        Assert.DoesNotContain($":{port}/", storage);
        Assert.Contains(_said, line => line.StartsWith($"Ports {port} to {port + 2} are in use; the storage emulator takes "));
        var queue = await new QueueServiceClient(storage).CreateQueueAsync("works", cancellationToken: Cancel);
        Assert.Equal("works", queue.Value.Name);
    }

    [Fact]
    public async Task Storage_that_answers_already_is_used_and_left_running()
    {
        var port = FreePorts();
        await using var azurite = await Azurite.StartAsync(
            new AzuriteOptions(port, Path.Combine(_data, "other"), InMemory: true), _ => { }, Cancel);

        await using (var machine = Open(_data, $"--Local:StoragePort={port}"))
        {
            await machine.StartStorageAsync(_said.Add);
            Assert.Contains($":{port}/", machine.Settings[DevMachine.StorageSetting]);
        }

        Assert.False(azurite.Exited.IsCompleted);
        Assert.Equal(
            $"Using the storage emulator (azurite {Azurite.Version}) that already answers on ports {port} to {port + 2}.",
            Assert.Single(_said));
    }

    [Theory]
    [InlineData("3.99.0", true)]
    [InlineData("3.36.9", false)]
    [InlineData("4.0.0", false)]
    public async Task A_later_Azurite_is_used_and_an_older_one_is_not(string version, bool isUsed)
    {
        var port = FreePorts();
        await using var other = FakeAzurite.Start(port, version);

        if (isUsed)
        {
            await using var machine = Open(_data, $"--Local:StoragePort={port}");
            Assert.Contains($":{port}/", machine.Settings[DevMachine.StorageSetting]);
        }
        else
        {
            var refusal = Assert.Throws<DevHostException>(() => Open(_data, $"--Local:StoragePort={port}"));
            Assert.Contains($"Azurite {version} answers", refusal.Message);
            Assert.NotNull(PortBlock.TryClaim(port)); // given back
        }
    }

    [Fact]
    public async Task Two_hubs_never_share_one_storage_by_accident()
    {
        var port = FreePorts();
        await using var first = Open(Path.Combine(_data, "a"), $"--Local:StoragePort={port}");
        await first.StartStorageAsync(_said.Add);

        await using var second = Open(Path.Combine(_data, "b"), $"--Local:StoragePort={port}");

        Assert.NotEqual(first.Settings[DevMachine.StorageSetting], second.Settings[DevMachine.StorageSetting]);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static int FreePorts()
    {
        using var block = PortBlock.FindFree(3);
        return block.First;
    }

    private DevMachine Open(string folder, string argument) =>
        DevMachine.Open(
            DevSettings.Read([$"--Local:DataFolder={folder}", "--Hub:PublicUrl=http://localhost", argument]), _said.Add, Cancel);
}
