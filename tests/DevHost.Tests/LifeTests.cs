using System.Diagnostics;
using System.Globalization;
using System.Net;
using CitiesOfLearning.DevHost.Settings;

namespace CitiesOfLearning.DevHost.Tests;

/// <summary>From the first second to the last, as a process with real storage and a real worker.</summary>
public sealed class LifeTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("life-tests-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int StorageId => int.Parse(File.ReadAllText(Path.Combine(_data, "azurite.pid")), CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_says_what_it_does_and_stops_in_order_when_it_is_asked_to(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a Unix signal");
        await using var hub = await DevHostProcess.Start(_data, []).RunsAsync();
        var (worker, storage) = (hub.WorkerId, StorageId);

        var word = await AskAsync(hub.Hub, "/local", "localhost");
        var rebound = await AskAsync(hub.Hub, "/nowhere", "rebound.example");
        await hub.SignalAsync(signal);

        Assert.Equal(0, await hub.EndAsync());
        Assert.StartsWith("Starting the hub: storage, then the worker…", hub.Output);
        Assert.Contains("Loaded Brighton", hub.Output);
        Assert.Matches($"Brighton's page +{hub.Hub}cities/brighton", hub.Output);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.MisdirectedRequest), (word, rebound));
        Assert.False(Leftovers.IsRunning(worker));
        Assert.False(Leftovers.IsRunning(storage));
        Assert.True(PortBlock.IsFree(hub.Hub.Port, 1));
        Assert.Equal("", hub.Errors);
    }

    [Fact]
    public async Task When_it_is_killed_storage_and_worker_end_and_the_next_one_starts()
    {
        await using var hub = await DevHostProcess.Start(_data, []).RunsAsync();
        var (worker, storage) = (hub.WorkerId, StorageId);

        using (var process = Process.GetProcessById(hub.Id))
        {
            process.Kill(); // SIGKILL on Unix
        }

        await Leftovers.GoAsync(worker, storage);
        await using var next = await DevHostProcess.Start(_data, []).RunsAsync();
    }

    [Fact]
    public async Task When_storage_goes_by_itself_it_says_so_and_ends()
    {
        await using var hub = await DevHostProcess.Start(_data, []).RunsAsync();
        var worker = hub.WorkerId;

        using (var storage = Process.GetProcessById(StorageId))
        {
            storage.Kill();
        }

        Assert.Equal(1, await hub.EndAsync());
        Assert.Contains("The storage emulator has ended by itself", hub.Errors);
        Assert.False(Leftovers.IsRunning(worker));
    }

    [Fact]
    public async Task What_storage_cannot_save_is_said_when_it_happens_and_at_the_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends a Unix signal");
        var file = Path.Combine(_data, "azurite", "__azurite_db_table__.json");
        await using var hub = DevHostProcess.Start(_data, []);
        while (!File.Exists(file))
        {
            await Task.Delay(5, Cancel);
        }

        Directory.CreateDirectory(file + "~"); // as a full disk, but for root as well
        await hub.RunsAsync();
        await hub.SaysAsync("Storage cannot save what it holds");

        await hub.SignalAsync("INT");

        await hub.SaysAsync("Stopping: ");
        Assert.Equal(1, await hub.EndAsync());
        Assert.Contains("The storage emulator could not save all that it holds: ", hub.Errors);
    }

    [Fact]
    public async Task Ctrl_C_while_storage_is_downloaded_ends_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "moves the user's folder by XDG_DATA_HOME");
        var npx = Path.Combine(_data, "npx");
        var started = Path.Combine(_data, "started");
        await File.WriteAllTextAsync(npx, $"#!/bin/sh\necho $$ > {started}.part && mv {started}.part {started}\nsleep 600\n", Cancel);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(npx, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await using var hub = DevHostProcess.Start(
            _data, [], ("XDG_DATA_HOME", Path.Combine(_data, "user")), ("PATH", $"{_data}:{Environment.GetEnvironmentVariable("PATH")}"));
        await hub.SaysAsync("Getting the storage emulator");
        while (!File.Exists(started))
        {
            await Task.Delay(50, Cancel);
        }

        var asked = Stopwatch.GetTimestamp();
        await hub.SignalAsync("INT");

        Assert.Equal(0, await hub.EndAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await Leftovers.GoAsync(int.Parse(await File.ReadAllTextAsync(started, Cancel), CultureInfo.InvariantCulture));
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static async Task<HttpStatusCode> AskAsync(Uri hub, string path, string host)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub, path));
        request.Headers.Host = host;
        using var answer = await client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
