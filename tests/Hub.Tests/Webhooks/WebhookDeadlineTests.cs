using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Webhooks;

namespace CitiesOfLearning.Hub.Tests.Webhooks;

/// <summary>A sender is not kept waiting by storage that says nothing.</summary>
public sealed class WebhookDeadlineTests
{
    [Fact]
    public async Task After_five_seconds_the_sender_hears_that_it_must_try_again_and_then_nothing_is_lost_or_doubled()
    {
        await using var hub = await HubUnderTest.StartAsync();
        await hub.Get<CityDirectory>().AllAsync(TestContext.Current.CancellationToken); // a city that is not in memory is given up sooner
        hub.Faults.Silent = true;

        var waiting = hub.DeliverAsync("ada@example.org");
        hub.Time.Advance(TimeSpan.FromSeconds(4.9));
        await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        hub.Time.Advance(TimeSpan.FromSeconds(0.1));
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);

        hub.Faults.Silent = false;
        Assert.IsType<Receipt.Accepted>(await hub.DeliverAsync("ada@example.org"));
        await hub.PumpAsync();
        Assert.Single(hub.Mail.Box.List());
    }
}
