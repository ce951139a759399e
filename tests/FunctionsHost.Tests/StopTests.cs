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
