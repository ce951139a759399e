using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.FunctionsHost.Tests;

public sealed class TimerTests
{
    [Fact]
    public async Task A_timer_ticks_on_its_six_field_schedule()
    {
        await using var app = await SampleApp.StartAsync();

        var ticks = await app.NotesAsync("tick False", 2);

        Assert.All(ticks, tick => Assert.StartsWith("tick False ", tick));
    }

    [Fact]
    public async Task A_timer_goes_on_when_a_worker_has_gone()
    {
        await using var app = await SampleApp.StartAsync();
        var first = (await app.NotesAsync("tick", 1))[0].Split(' ')[^1];

        app.Host.KillWorker();

        await app.UntilAsync(() => app
            .NotesOf("tick")
            .Select(t => t.Split(' ')[^1])
            .Distinct()
            .ToList(), ids => ids.Count == 2, _ => "No tick came after " + first);
    }

    [Fact]
    public async Task A_schedule_is_kept_by_the_hosts_own_clock()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
        await using var app = await SampleApp.StartAsync(options => options with { Time = time });
        await app.Host.Ready;
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        var before = app.NotesOf("tick").Length;

        await app.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return app.NotesOf("tick").Length;
            },
            count => count > 0,
            _ => "No tick came");

        Assert.Equal(0, before);
    }
}
