using System.Net;
using System.Net.Sockets;
using CitiesOfLearning.DevHost.Settings;

namespace CitiesOfLearning.DevHost.Tests;

/// <summary>What is in the way is said in a sentence with a way out; then the process ends, and leaves nothing running.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("fault-tests-").FullName;

    [Fact]
    public async Task A_port_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await FailsAsync([$"--Local:Port={port}"], $"Port {port} is in use", $"Local__Port={port + 1} dotnet run --project functions/App");
    }

    [Fact]
    public async Task An_app_that_is_not_built()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data, "nothing")).FullName;

        await FailsAsync([$"--App={folder}"], $"The app is not built: there is none in {folder}.", "dotnet run --project functions/App");
    }

    [Fact]
    public async Task A_worker_that_exits_at_once()
    {
        var app = Directory.CreateDirectory(Path.Combine(_data, "app")).FullName;
        File.Copy(Path.Combine(DevHostProcess.SampleApp, "host.json"), Path.Combine(app, "host.json"));
        File.Copy(Path.Combine(DevHostProcess.SampleApp, "worker.config.json"), Path.Combine(app, "worker.config.json"));
        await File.WriteAllTextAsync(
            Path.Combine(app, "CitiesOfLearning.Tests.Apps.Sample.dll"), "no program", TestContext.Current.CancellationToken);

        await FailsAsync([$"--App={app}"], "The app's worker does not start");
    }

    [Fact]
    public async Task No_Node() =>
        await FailsAsync([], [("PATH", _data)], "The storage emulator needs Node 20 or later", "https://nodejs.org/");

    [Fact]
    public async Task No_npm_registry()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "moves the user's folder by XDG_DATA_HOME");
        (string, string)[] environment =
        [
            ("XDG_DATA_HOME", Path.Combine(_data, "user")),
            ("npm_config_cache", Path.Combine(_data, "npm")),
            ("npm_config_registry", "http://127.0.0.1:9/"),
        ];

        await FailsAsync(
            [],
            environment,
            "npx could not get the storage emulator",
            "ECONNREFUSED",
            "Can this machine reach the npm registry",
            "AzureWebJobsStorage");
    }

    [Fact]
    public async Task An_older_Azurite_on_the_port()
    {
        using var ports = PortBlock.FindFree(3);
        await using var other = FakeAzurite.Start(ports.First, "3.20.0");
        ports.Dispose(); // the hub claims it

        await FailsAsync(
            [$"--Local:StoragePort={ports.First}"],
            $"Azurite 3.20.0 answers on ports {ports.First} to {ports.First + 2}",
            "Local__StoragePort=0");
    }

    [Fact]
    public async Task A_data_folder_in_use()
    {
        using var other = DataFolder.Open(_data);

        await FailsAsync([], $"Another hub is running with the data folder {_data}.", "Local__DataFolder=");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written()
    {
        var folder = OperatingSystem.IsLinux() ? "/proc/self/task" : Path.Combine(_data, "file", "data");
        await File.WriteAllTextAsync(Path.Combine(_data, "file"), "", TestContext.Current.CancellationToken);

        await FailsAsync([$"--Local:DataFolder={folder}"], $"{folder} cannot be written", "Local__DataFolder=");
    }

    [Fact]
    public async Task A_full_disk()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs a device that is always full");
        File.CreateSymbolicLink(Path.Combine(_data, "hub.lock"), "/dev/full");

        await FailsAsync([], $"The disk is full: {_data} cannot be written.", "Local__DataFolder=");
    }

    [Fact]
    public async Task Storage_that_refuses()
    {
        const string Nowhere = "DefaultEndpointsProtocol=http;AccountName=none;AccountKey=bm9uZQ==;BlobEndpoint=http://127.0.0.1:9/none;" +
            "QueueEndpoint=http://127.0.0.1:9/none;TableEndpoint=http://127.0.0.1:9/none";

        await FailsAsync(
            [$"--AzureWebJobsStorage={Nowhere}"], "Storage does not answer: ", "127.0.0.1:9", "AzureWebJobsStorage says where it is.");
    }

    [Fact]
    public async Task Storage_whose_own_disk_is_full()
    {
        using var ports = PortBlock.FindFree(3);
        ports.Dispose();
        await using var full = FakeAzurite.Start(ports.First, "3.37.0", "507 Insufficient Storage");
        var (blob, queue, table) = (ports.First, ports.First + 1, ports.First + 2);
        var storage = "DefaultEndpointsProtocol=http;AccountName=full;AccountKey=bm9uZQ==;" +
            $"BlobEndpoint=http://127.0.0.1:{blob}/full;QueueEndpoint=http://127.0.0.1:{queue}/full;" +
            $"TableEndpoint=http://127.0.0.1:{table}/full";

        await FailsAsync([$"--AzureWebJobsStorage={storage}"], "Storage refused what the hub needs (507)", "Look whether the disk is full");
    }

    [Theory]
    [InlineData("--AzureWebJobsStorage=nonsense", "AzureWebJobsStorage says where it is.")]
    [InlineData("--Local:Port=seventy", "Local__Port is \"seventy\"; it must be a number from 0 to 65535.")]
    [InlineData("--Local:Chaos=perhaps", "Local__Chaos is \"perhaps\"; it must be true or false.")]
    [InlineData(
        "--Local:MessageLease=soon", "Local__MessageLease is \"soon\"; it must be a time such as 00:00:30, and at most 7.00:00:00.")]
    [InlineData("--Local:MessageLease=8.00:00:00", "Local__MessageLease is \"8.00:00:00\"; it must be a time")]
    [InlineData("--Local:StoragePort=65534", "Local__StoragePort is \"65534\"; it must be a number from 0 to 65533.")]
    [InlineData("--Logging:LogLevel:Default=Loud", "Logging__LogLevel__Default is \"Loud\"; it must be Trace, ")]
    [InlineData("--Hub:PublicUrl=not a url", "Hub__PublicUrl must be an http or https address")]
    [InlineData("--Hub:PublicUrl=ftp://x/", "Hub__PublicUrl must be")]
    [InlineData("--Hub:DataKey=abc", "Hub__DataKey must be 32 bytes in base64.")]
    [InlineData("--Hub:HashKey=AAECAwQ=", "Hub__HashKey must be 32 bytes in base64.")]
    [InlineData("--Hub:GraphUrl=nonsense", "Hub__GraphUrl must be an http or https address")]
    [InlineData("--AzureFunctionsJobHost:extensions:queues:batchSize=0", "batchSize is \"0\"")]
    [InlineData("serivces", "\"serivces\" means nothing here: --help says what there is.")]
    public async Task A_setting_that_cannot_be_read(string argument, string sentence) => await FailsAsync([argument], sentence);

    [Fact]
    public async Task Services_with_a_setting_that_cannot_be_read() =>
        await FailsAsync(["services", "--Hub:PublicUrl=zzz"], "Hub__PublicUrl must be an http or https address");

    [Fact]
    public async Task A_key_that_was_lost()
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_data, "keys")).FullName, "data.key");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        await FailsAsync([], $"{file} is not 32 bytes in base64", "Bring it back from a copy");
    }

    [Theory]
    [InlineData("/dev/full", "1>")]
    [InlineData("&-", "1>")]
    public async Task Nobody_to_tell(string target, string redirect)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs a device that is always full");
        await using var hub = DevHostProcess.Start(_data, [], [], $"{redirect}{target}");

        var code = await hub.EndAsync();

        Assert.Equal(1, code);
        Assert.Contains("cannot be written to its output", hub.Errors);
        Assert.DoesNotContain("   at ", hub.Errors);
        Assert.Empty(Leftovers.Of(_data));
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private Task FailsAsync(string[] arguments, params string[] sentences) => FailsAsync(arguments, [], sentences);

    private async Task FailsAsync(string[] arguments, (string Name, string Value)[] environment, params string[] sentences)
    {
        await using var hub = DevHostProcess.Start(_data, arguments, environment);

        var code = await hub.EndAsync();

        Assert.Equal(1, code);
        Assert.All(sentences, sentence => Assert.Contains(sentence, hub.Errors));
        Assert.DoesNotContain("   at ", hub.Errors);
        Assert.DoesNotContain("The hub runs.", hub.Output);
        Assert.Empty(Leftovers.Of(_data));
    }
}
