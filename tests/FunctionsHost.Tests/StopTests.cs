using System.Net;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.FunctionsHost.Tests;

public sealed class StopTests
{
    [Fact]
    public async Task What_is_in_hand_is_finished_and_nothing_more_is_fetched()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "gated");
        await using var app = await SampleApp.StartAsync(("AzureWebJobsStorage", storage));
        await queue.SendAsync("in hand");
        await app.NotesAsync("start in hand", 1);

        var stopping = app.Host.StopAsync(CancellationToken.None);
        await Task.Delay(1000, TestContext.Current.CancellationToken); // a fetch under way when the stop came is over
        await queue.SendAsync("too late");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        app.Open();
        await stopping;

        Assert.Single(app.NotesOf("end in hand"));
        Assert.Empty(app.NotesOf("start too late"));
        Assert.Equal(1, await queue.VisibleAsync());
    }

    [Fact]
    public async Task A_request_in_hand_is_answered()
    {
        await using var app = await SampleApp.StartAsync();
        await app.Client.GetStringAsync("hello", TestContext.Current.CancellationToken);
        var asking = app.Client.GetStringAsync("chunks/1500", TestContext.Current.CancellationToken);
        await Task.Delay(500, TestContext.Current.CancellationToken);

        await app.Host.StopAsync(CancellationToken.None);

        Assert.Equal("first\nsecond\n", await asking);
    }

    [Fact]
    public async Task A_request_that_comes_while_it_stops_is_told_to_come_again()
    {
        await using var app = await SampleApp.StartAsync();
        await app.Client.GetStringAsync("hello", TestContext.Current.CancellationToken);
        var asking = app.Client.GetStringAsync("chunks/8000", TestContext.Current.CancellationToken);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var stopping = app.Host.StopAsync(CancellationToken.None);
        HttpResponseMessage refused;
        while ((refused = await app.Client.GetAsync("hello", TestContext.Current.CancellationToken)).IsSuccessStatusCode)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken); // queues and timers stop first
        }

        await stopping;

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(2)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        Assert.Equal("first\nsecond\n", await asking);
    }

    [Fact]
    public async Task A_function_that_does_not_end_is_left_behind()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "stuck");
        await using var app = await SampleApp.StartAsync(("AzureWebJobsStorage", storage));
        await queue.SendAsync("for ever");
        await app.NotesAsync("stuck for ever", 1);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var began = TimeProvider.System.GetTimestamp();

        await app.Host.StopAsync(patience.Token);

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(25));
        Assert.Null(app.Host.WorkerProcessId);
    }

    [Fact]
    public async Task Stopping_before_the_worker_is_there_ends_it()
    {
        var began = TimeProvider.System.GetTimestamp();
        await using (await SampleApp.StartAsync())
        {
            // At once.
        }

        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30));
    }
}
