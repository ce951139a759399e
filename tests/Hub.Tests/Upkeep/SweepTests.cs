using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Mail;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Upkeep;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Upkeep;

/// <summary>Even a lost message loses nothing.</summary>
public sealed class SweepTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData(0, 1, 0, 0)]
    [InlineData(1, 0, 1, 0)]
    [InlineData(2, 0, 0, 1)]
    public async Task Whichever_message_is_lost_it_is_asked_for_again_once(int lost, int deliveries, int awards, int mails)
    {
        await _hub.DeliverAsync("ada@example.org");
        await WorkAsync(lost);

        await _hub.Triggers[lost].Queue.ClearMessagesAsync(Cancel);
        var tooSoon = await SweepAsync();
        _hub.Time.Advance(Sweep.OnItsWay + TimeSpan.FromMinutes(5));
        var found = await SweepAsync();
        await _hub.PumpAsync();
        _hub.Time.Advance(TimeSpan.FromHours(1));
        var after = await SweepAsync();

        Assert.Equal((0, 0, 0), tooSoon);
        Assert.Equal((deliveries, awards, mails), found);
        Assert.Equal((0, 0, 0), after);
        Assert.Equal(AwardState.Notified, (await _hub.AwardAsync(_hub.AwardIdOf("ada@example.org"))).State);
        Assert.Single(_hub.Mail.Posted);
        Assert.Equal(0, (await Sweep.LastAsync(_hub.Storage, Cancel))!.Awards);
    }

    [Fact]
    public async Task What_is_put_off_for_days_is_not_asked_for_every_hour()
    {
        await _hub.DeliverAsync("ada@example.org");
        await WorkAsync(1);
        var asked = 0;

        for (var hour = 0; hour < 24; hour++)
        {
            _hub.Time.Advance(TimeSpan.FromHours(1.01));
            asked += (await SweepAsync()).Awards;
        }

        Assert.Equal(1, asked);
    }

    /// <summary>In a line of 50,000 it waits for days, and a second place in it would keep somebody else waiting.</summary>
    [Fact]
    public async Task While_there_is_a_line_before_the_mailbox_nobody_in_it_is_lost()
    {
        await _hub.DeliverAsync("ada@example.org");
        await WorkAsync(2);
        var sender = (await _hub.Get<CityDirectory>().FindAsync(SampleCity.Plymouth, Cancel))!.Sender;
        var turn = await _hub.Get<MailPace>().TurnAsync(sender, null, Cancel);
        await _hub.Get<MailPace>().CloseAsync(turn.Slot, TimeSpan.FromHours(3));

        _hub.Time.Advance(TimeSpan.FromHours(2));
        var inLine = await SweepAsync();
        await _hub.Triggers[2].Queue.ClearMessagesAsync(Cancel);
        _hub.Time.Advance(TimeSpan.FromHours(2));
        var lost = await SweepAsync();

        Assert.Equal(((0, 0, 0), (0, 0, 1)), (inLine, lost));
    }

    /// <summary>Where an app of its own verifies, that app cannot sign; and nobody else may ever ask for a list.</summary>
    [Fact]
    public async Task A_status_list_that_is_a_day_old_is_signed_again_though_nobody_reads_it()
    {
        await _hub.IssueAsync();
        var first = await ListsAsync();

        _hub.Time.Advance(TimeSpan.FromHours(20));
        await SweepAsync();
        var young = await ListsAsync();
        _hub.Time.Advance(TimeSpan.FromHours(5));
        await SweepAsync();
        var old = await ListsAsync();

        Assert.Equal(2, first.Count);
        Assert.Equal(first, young);
        Assert.All(old, (list, i) => Assert.NotEqual(first[i], list));
    }

    [Fact]
    public async Task While_the_vault_is_away_a_sweep_goes_on_without_the_lists()
    {
        await _hub.IssueAsync();
        _hub.Signer.IsAway = () => true;
        _hub.Time.Advance(TimeSpan.FromHours(25));

        Assert.Equal((0, 0, 0), await SweepAsync());
    }

    [Fact]
    public async Task Before_the_first_there_is_nothing_to_tell() => Assert.Null(await Sweep.LastAsync(_hub.Storage, Cancel));

    private async Task<IReadOnlyList<string>> ListsAsync()
    {
        var lists = new List<string>();
        foreach (var purpose in StatusPurposes.All)
        {
            var blob = _hub.Storage.PublicBlobs.GetBlobClient($"cities/plymouth/status/{purpose}-1");
            lists.Add((await blob.DownloadContentAsync(Cancel)).Value.Content.ToString());
        }

        return lists;
    }

    private async Task WorkAsync(int steps)
    {
        foreach (var (from, handle) in _hub.Triggers.Take(steps))
        {
            var message = (await from.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
            await handle(message.Body.ToString(), Cancel);
            await from.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
        }
    }

    private async Task<(int Deliveries, int Awards, int Mails)> SweepAsync()
    {
        var swept = await _hub.Get<Sweep>().RunAsync(Cancel);
        return (swept.Deliveries, swept.Awards, swept.Mails);
    }
}
