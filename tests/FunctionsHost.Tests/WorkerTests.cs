using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.FunctionsHost.Tests;

/// <summary>A worker that starts, goes, comes back, or does none of these.</summary>
public sealed class WorkerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_waits_for_a_worker_that_starts_and_is_answered_once()
    {
        await using var app = await SampleApp.StartAsync();

        Assert.Equal("hello world", await app.Client.GetStringAsync("hello", Cancel));
        await app.UntilAsync(() => app.Log, log => log.Any(l => l.Contains("Said hello")), _ => "It was not said");
        Assert.Single(app.Log, line => line.Contains("Said hello"));
    }

    [Fact]
    public async Task Settings_reach_the_app_whatever_is_in_their_names()
    {
        await using var app = await SampleApp.StartAsync(("Who", "reader"));

        Assert.Equal("hello reader", await app.Client.GetStringAsync("hello", Cancel));
    }

    [Fact]
    public async Task What_the_app_logs_is_logged_under_its_category()
    {
        await using var app = await SampleApp.StartAsync();
        await app.Client.GetStringAsync("hello", Cancel);

        await app.UntilAsync(
            () => app.Log,
            log => log.Any(l => l.StartsWith("Information CitiesOfLearning.Tests.Apps.Sample.HttpFunctions: Said hello")),
            _ => "It is not logged");
    }

    [Fact]
    public async Task A_worker_that_is_killed_is_started_again_and_service_is_back_soon()
    {
        await using var app = await SampleApp.StartAsync();
        await app.Host.Ready;
        var first = app.Host.WorkerProcessId;
        await app.Client.GetStringAsync("hello", Cancel);

        var began = Stopwatch.GetTimestamp();
        Process.GetProcessById(first!.Value).Kill(); // by somebody else, as the system does when memory is short
        await app.UntilAsync(() => app.Host.WorkerProcessId, id => id is not null && id != first, _ => "No other worker was started");
        Assert.Equal("hello world", await app.Client.GetStringAsync("hello", Cancel));

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30), $"It took {Stopwatch.GetElapsedTime(began)}.");
        Assert.NotEqual(first, app.Host.WorkerProcessId);
    }

    [Fact]
    public async Task A_worker_leaves_Ctrl_C_and_a_closed_terminal_to_its_host()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There, the worker has a process group of its own.");
        await using var app = await SampleApp.StartAsync();
        await app.Host.Ready;
        var worker = app.Host.WorkerProcessId;

        foreach (var signal in (string[])["-INT", "-HUP"])
        {
            using var kill = Process.Start("kill", [signal, $"{worker}"]);
            await kill.WaitForExitAsync(Cancel);
        }

        await Task.Delay(500, Cancel);
        Assert.Equal("hello world", await app.Client.GetStringAsync("hello", Cancel));
        Assert.Equal(worker, app.Host.WorkerProcessId);
    }

    [Fact]
    public async Task A_request_whose_worker_goes_is_answered_500_and_never_sent_twice()
    {
        await using var app = await SampleApp.StartAsync();
        var asking = app.Client.GetAsync("slow", Cancel);
        await app.NotesAsync("slow started", 1);
        var first = app.Host.WorkerProcessId;

        app.Host.KillWorker();
        using var answer = await asking;
        await app.UntilAsync(() => app.Host.WorkerProcessId, id => id is not null && id != first, _ => "No other worker was started");
        await app.Client.GetStringAsync("hello", Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Single(app.NotesOf("slow started"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_has_waited_half_a_minute_is_told_to_come_again(bool forStorage)
    {
        var time = new FakeTimeProvider();
        await using var app = forStorage
            ? await SampleApp.StartAsync(options => options with { Time = time, StorageReady = new TaskCompletionSource().Task })
            : await SampleApp.StartAsync(options => options with { Time = time }, ("HangAtStart", "true"));
        var asking = app.Client.GetAsync("hello", Cancel);
        await app.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return asking.IsCompleted;
            },
            answered => answered,
            _ => "It was not answered");

        using var answer = await asking;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(2)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        Assert.True(time.GetUtcNow() - time.Start >= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_app_that_ends_its_process_is_started_again()
    {
        await using var app = await SampleApp.StartAsync();
        await app.Host.Ready;

        // An app that ends so soon after its very first start is taken for one that cannot start.
        await Task.Delay(TimeSpan.FromSeconds(5.5), Cancel);
        using var answer = await app.Client.PostAsync("exit", null, Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        await app.UntilAsync(() => app.Log, log => log.Any(l => l.Contains("has gone with exit code 3")), _ => "It did not end");
        Assert.Equal("hello world", await app.Client.GetStringAsync("hello", Cancel));
    }

    [Fact]
    public async Task An_app_that_does_not_start_is_given_up_in_a_sentence()
    {
        await using var app = await SampleApp.StartAsync(("FailAtStart", "A setting is missing."));

        var sentence = await app.Host.Failed.WaitAsync(TimeSpan.FromMinutes(1), Cancel);

        Assert.Equal("The app's worker does not start. What it said is above.", sentence);
        Assert.Null(app.Host.WorkerProcessId);
    }

    [Fact]
    public void A_folder_without_a_built_app_is_refused_in_a_sentence()
    {
        var refused = Assert.Throws<WorkerException>(() => new FunctionsAppHost(new() { AppFolder = AppContext.BaseDirectory, Port = 0 }));

        Assert.StartsWith("There is no built Functions app in", refused.Message);
    }

    [Fact]
    public async Task A_host_that_stops_leaves_no_worker_behind()
    {
        int worker;
        await using (var app = await SampleApp.StartAsync())
        {
            await app.Host.Ready;
            worker = app.Host.WorkerProcessId!.Value;
        }

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(worker));
    }
}
