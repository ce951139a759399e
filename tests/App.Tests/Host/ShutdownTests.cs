using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.App.Tests.Host;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Finishes_what_is_in_hand_and_fetches_nothing_more()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "gated");
        await using var host = await GatedFunction.StartAsync(storage);
        await queue.SendAsync("in hand");
        await host.Notes.UntilAsync(1);

        var stopping = host.StopAsync();
        await Task.Delay(500, TestContext.Current.CancellationToken); // a fetch under way when the stop came is over
        await queue.SendAsync("too late");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        host.Get<Gate>().Open(2);
        await stopping;

        Assert.Equal(["in hand"], host.Notes.All);
        Assert.Equal(1, await queue.VisibleAsync());
    }

    [Fact]
    public async Task Cancels_what_is_not_finished_in_time_and_gives_its_message_back()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "gated");
        await using var host = await TestHost.StartAsync(
            [typeof(GatedFunction)],
            builder => builder.Services
                .AddSingleton<Gate>()
                .Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1)),
            $"--AzureWebJobsStorage={storage}");
        await queue.SendAsync("stuck");
        await host.Notes.UntilAsync(1);

        await host.StopAsync();

        Assert.Equal(["stuck", "cancelled"], host.Notes.All);
        Assert.Equal(1, await queue.VisibleAsync());
    }

    [Fact]
    public async Task Follows_at_once_when_the_functions_cannot_be_listened_for()
    {
        await using var host = await TestHost.StartAsync(typeof(QueueTests.Takes)); // its storage is "none"

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var stopping = host.Get<IHostApplicationLifetime>().ApplicationStopping;
        while (!stopping.IsCancellationRequested && !patience.IsCancellationRequested)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Environment.ExitCode = 0;

        Assert.True(stopping.IsCancellationRequested);
    }
}
