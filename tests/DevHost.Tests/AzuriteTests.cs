using System.Diagnostics;
using System.Net.Sockets;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.DevHost.Storage;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.DevHost.Tests;

public sealed class AzuriteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("azurite-tests-").FullName;
    private readonly PortBlock _ports = PortBlock.FindFree(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_test_gets_an_account_of_its_own()
    {
        var first = new QueueClient(await TestStorage.ConnectionStringAsync(), "only-mine");
        var second = new QueueClient(await TestStorage.ConnectionStringAsync(), "only-mine");

        await first.CreateAsync(cancellationToken: Cancel);

        Assert.True((await first.ExistsAsync(Cancel)).Value);
        Assert.False((await second.ExistsAsync(Cancel)).Value);
    }

    [Fact]
    public async Task What_was_stored_is_there_after_stop_and_start_and_stop_leaves_nothing_running()
    {
        var options = new AzuriteOptions(_ports.First, _folder);
        var container = new BlobContainerClient(Azurite.ConnectionString(_ports.First), "kept");

        await using (var first = await Azurite.StartAsync(options, _ => { }, Cancel))
        {
            await container.CreateAsync(cancellationToken: Cancel);
            await container.UploadBlobAsync("greeting", BinaryData.FromString("Shwmae"), Cancel);
            await first.DisposeAsync();
            Assert.False(IsRunning(first.ProcessId));
            Assert.True(PortBlock.IsFree(_ports.First, 3));
        }

        await using var second = await Azurite.StartAsync(options, _ => { }, Cancel);
        var kept = await container.GetBlobClient("greeting").DownloadContentAsync(Cancel);
        Assert.Equal("Shwmae", kept.Value.Content.ToString());
    }

    [Fact]
    public async Task It_saves_its_state_and_ends_when_its_parent_is_killed()
    {
        var (guard, main) = await AzuritePackage.LocateAsync(_ => { }, Cancel);
        var script = $$"""
            const child = require('node:child_process').spawn(process.execPath, [{{Quote(guard)}}, 'run', {{Quote(main)}}, '--silent',
              '--disableTelemetry', '--skipApiVersionCheck', '--location', {{Quote(_folder)}}, '--blobPort', '{{_ports.First}}',
              '--queuePort', '{{_ports.First + 1}}', '--tablePort', '{{_ports.First + 2}}'], { stdio: ['pipe', 'pipe', 'pipe'] });
            console.log(child.pid);
            """;
        using var parent = Process.Start(new ProcessStartInfo("node", ["-e", script]) { RedirectStandardOutput = true })!;
        using var azurite = Process.GetProcessById(int.Parse((await parent.StandardOutput.ReadLineAsync(Cancel))!));
        await AnswersAsync();
        var queue = new QueueClient(Azurite.ConnectionString(_ports.First), "kept");
        await queue.CreateAsync(cancellationToken: Cancel);
        await queue.SendMessageAsync("still here", Cancel);

        parent.Kill(); // SIGKILL on Unix

        await azurite.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(15), Cancel);
        await using var next = await Azurite.StartAsync(new AzuriteOptions(_ports.First, _folder), _ => { }, Cancel);
        Assert.Equal("still here", (await queue.ReceiveMessageAsync(cancellationToken: Cancel)).Value.MessageText);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_cannot_be_saved_is_said_and_kept_if_there_is_room_again_in_time(bool isRoomInTime)
    {
        var queue = new QueueClient(Azurite.ConnectionString(_ports.First), "kept");
        var said = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var first = await Azurite.StartAsync(new AzuriteOptions(_ports.First, _folder), said.Enqueue, Cancel);
        var inTheWay = Directory.CreateDirectory(
            Path.Combine(_folder, "__azurite_db_queue__.json~")); // as a full disk, but for root as well
        await queue.CreateAsync(cancellationToken: Cancel);
        await queue.SendMessageAsync("still here", Cancel);
        while (!said.Any(line => line.StartsWith("Storage cannot save what it holds", StringComparison.Ordinal)))
        {
            await Task.Delay(50, Cancel);
        }

        if (isRoomInTime)
        {
            inTheWay.Delete();
        }

        await first.DisposeAsync();

        inTheWay.Refresh();
        Assert.Equal(!isRoomInTime, inTheWay.Exists);
        Assert.Equal(isRoomInTime, first.Lost is null);
        Assert.Equal(isRoomInTime, said.Contains("Storage has saved what it holds."));
        Assert.Matches(
            isRoomInTime ? "^$" : @"could not save all that it holds: .*\nWhat happened since .* may be lost\. Make room",
            first.Lost ?? "");
        if (isRoomInTime)
        {
            await using var next = await Azurite.StartAsync(new AzuriteOptions(_ports.First, _folder), _ => { }, Cancel);
            Assert.Equal("still here", (await queue.ReceiveMessageAsync(cancellationToken: Cancel)).Value.MessageText);
        }
    }

    [Fact]
    public async Task Ctrl_C_in_the_terminal_does_not_reach_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a Unix signal");
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions(_ports.First, _folder, InMemory: true), _ => { }, Cancel);

        using (var kill = Process.Start("kill", ["-INT", $"{azurite.ProcessId}"]))
        {
            await kill.WaitForExitAsync(Cancel);
        }

        await Task.Delay(500, Cancel);
        Assert.True(AzuriteProbe.Answers(_ports.First, TimeSpan.FromSeconds(2)));
        Assert.False(azurite.Exited.IsCompleted);
    }

    [Fact]
    public async Task A_taken_port_is_a_clear_failure()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, _ports.First + 1);
        taken.Start();

        var failure = await Assert.ThrowsAsync<DevHostException>(
            () => Azurite.StartAsync(new AzuriteOptions(_ports.First, _folder, InMemory: true), _ => { }, Cancel));

        Assert.Contains("EADDRINUSE", failure.Message);
    }

    [Fact]
    public async Task The_dev_container_fetches_the_version_that_is_run()
    {
        var container = await File.ReadAllTextAsync(Path.Combine(Repository.Root, ".devcontainer", "devcontainer.json"), Cancel);

        Assert.Contains($"azurite@{Azurite.Version} ", container);
    }

    public void Dispose()
    {
        _ports.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static bool IsRunning(int processId) => Process.GetProcesses().Any(p => p.Id == processId);

    private async Task AnswersAsync()
    {
        while (!AzuriteProbe.Answers(_ports.First, TimeSpan.FromSeconds(2)))
        {
            await Task.Delay(50, Cancel);
        }
    }
}
