using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.App.Tests.Host;

public sealed class TimerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Runs_on_its_six_field_schedule_in_utc_even_after_a_failure()
    {
        var time = new FakeTimeProvider(Noon.AddSeconds(40));
        await using var host = await StartAsync(typeof(EveryFiveMinutes), time);

        await AdvanceUntilAsync(host, time, 3);

        Assert.Equal(
            ["12:05:30 then 12:10:30, past due: False", "12:10:30 then 12:15:30, past due: False", "12:15:30 then 12:20:30, past due: False"],
            host.Notes.All.Take(3));
    }

    [Fact]
    public async Task Runs_at_start_only_where_it_asks_for_that()
    {
        var time = new FakeTimeProvider(Noon);
        await using var host = await TestHost.StartAsync(
            [typeof(AtStart), typeof(EveryFiveMinutes)], builder => builder.Services.AddSingleton<TimeProvider>(time));

        await host.Notes.UntilAsync(1);
        await Task.Delay(200, TestContext.Current.CancellationToken);

        Assert.Equal(["at start"], host.Notes.All);
    }

    private static Task<TestHost> StartAsync(Type functions, FakeTimeProvider time)
    {
        return TestHost.StartAsync([functions], builder => builder.Services.AddSingleton<TimeProvider>(time));
    }

    /// <summary>In steps that leave the listener time to begin waiting again: it must not sleep through an occurrence.</summary>
    private static async Task AdvanceUntilAsync(TestHost host, FakeTimeProvider time, int runs)
    {
        for (var step = 0; host.Notes.All.Length < runs && step < 500; step++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    public sealed class EveryFiveMinutes(Notes notes, TimeProvider time)
    {
        [Function("every-five-minutes")]
        public void Run([TimerTrigger("30 */5 * * * *")] TimerInfo timer)
        {
            notes.Add($"{time.GetUtcNow():HH:mm:ss} then {timer.ScheduleStatus!.Next:HH:mm:ss}, past due: {timer.IsPastDue}");
            throw new InvalidOperationException("The next run comes all the same.");
        }
    }

    public sealed class AtStart(Notes notes)
    {
        [Function("at-start")]
        public Task Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer)
        {
            notes.Add("at start");

            return Task.CompletedTask;
        }
    }
}
