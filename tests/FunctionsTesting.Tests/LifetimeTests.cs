using System.Diagnostics;
using CitiesOfLearning.FunctionsHost;

namespace CitiesOfLearning.FunctionsTesting.Tests;

/// <summary>Alone, since they count what the whole process holds, and look at the clock.</summary>
[CollectionDefinition(nameof(LifetimeTests), DisableParallelization = true)]
[Collection(nameof(LifetimeTests))]
public sealed class LifetimeTests
{
    [Fact]
    public async Task A_hundred_starts_and_stops_leave_nothing_behind()
    {
        await StartAndStopAsync(10);
        var (threads, handles) = Held();

        var clock = Stopwatch.StartNew();
        await StartAndStopAsync(100);
        TestContext.Current.SendDiagnosticMessage("100 starts, calls and stops: {0} ms", clock.ElapsedMilliseconds);

        var (threadsNow, handlesNow) = Held();
        Assert.InRange(threadsNow, 0, threads + 10);
        Assert.InRange(handlesNow, 0, handles + 30);
    }

    [Fact]
    public async Task A_call_in_flight_fails_at_once_when_its_factory_goes()
    {
        var app = new FunctionsFactory<Program>();
        var request = app.CreateClient().GetAsync("/slow", Cancel);
        var message = app.InvokeAsync("gated", "it", cancellationToken: Cancel);
        await Some.UntilAsync(() => app.Notes().Contains("slow started") && app.Notes().Contains("start it 1"));
        var clock = Stopwatch.StartNew();

        await app.DisposeAsync();

        await Assert.ThrowsAsync<WorkerException>(() => message);
        await Assert.ThrowsAnyAsync<Exception>(() => request);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 2_000);
    }

    [Fact]
    public async Task A_call_in_flight_through_a_port_fails_at_once_too()
    {
        var app = new FunctionsFactory<Program>();
        app.UseKestrel(0);
        var request = app.CreateClient().GetAsync("/slow", Cancel);
        await Some.UntilAsync(() => app.Notes().Contains("slow started"));
        var clock = Stopwatch.StartNew();

        await app.DisposeAsync();

        var answered = await Record.ExceptionAsync(() => request) is not null || !(await request).IsSuccessStatusCode;
        Assert.True(answered);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 2_000);
    }

    private static async Task StartAndStopAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await using var app = new FunctionsFactory<Program>();
            Assert.Equal("hello world", await app.CreateClient().GetStringAsync("/hello", Cancel));
            await app.InvokeAsync("note", "x", cancellationToken: Cancel);
        }
    }

    private static (int Threads, int Handles) Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return (process.Threads.Count, process.HandleCount);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
