using Azure.Data.Tables;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Status;

/// <summary>What a steward may do, and that verification follows. Security row 13: nobody changes another city's award.</summary>
public sealed class StewardshipTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;
    private IssuedBadge _badge = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Stewardship Steward => _hub.Get<Stewardship>();

    public async ValueTask InitializeAsync()
    {
        _hub = await HubUnderTest.StartAsync();
        _badge = await _hub.IssueAsync();
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Verification_follows_suspension_resumption_and_revocation_at_once()
    {
        Assert.Equal(Answer.Yes, (await _hub.VerifyAsync(_badge.Png)).Current);

        Assert.Equal(StewardResult.Done, await Steward.SuspendAsync(SampleCity.Plymouth, _badge.AwardId, "a question", Cancel));
        await AssertFailsAsync("suspension");
        Assert.Equal(StewardResult.Done, await Steward.ResumeAsync(SampleCity.Plymouth, _badge.AwardId, "answered", Cancel));
        Assert.Equal(Answer.Yes, (await _hub.VerifyAsync(_badge.Png)).Current);
        Assert.Equal(StewardResult.Done, await Steward.RevokeAsync(SampleCity.Plymouth, _badge.AwardId, "wrong person", Cancel));
        await AssertFailsAsync("revocation");
    }

    [Fact]
    public async Task Revoked_stays_revoked()
    {
        await Steward.SuspendAsync(SampleCity.Plymouth, _badge.AwardId, "a question", Cancel);
        await Steward.RevokeAsync(SampleCity.Plymouth, _badge.AwardId, "wrong person", Cancel);

        Assert.Equal(StewardResult.NotPossible, await Steward.ResumeAsync(SampleCity.Plymouth, _badge.AwardId, "a mistake", Cancel));
        Assert.Equal(StewardResult.NotPossible, await Steward.SuspendAsync(SampleCity.Plymouth, _badge.AwardId, "a mistake", Cancel));
        Assert.Equal(StewardResult.Done, await Steward.RevokeAsync(SampleCity.Plymouth, _badge.AwardId, "again", Cancel));
        await AssertFailsAsync("revocation");
        var history = await _hub.Get<AwardTable>().HistoryAsync(_badge.AwardId, Cancel);
        Assert.Equal(
            [AwardEventKind.Decided, AwardEventKind.Issued, AwardEventKind.Notified, AwardEventKind.Suspended, AwardEventKind.Revoked],
            history.Select(e => e.What));
        Assert.Equal("wrong person", history[^1].Reason);
    }

    [Theory]
    [InlineData("brighton")]
    [InlineData("plymouth-2")]
    public async Task Another_citys_steward_finds_nothing(string city)
    {
        var before = await Everything.InAsync(_hub.Account);

        Assert.Equal(StewardResult.NotFound, await Steward.RevokeAsync(CityId.Parse(city), _badge.AwardId, "not mine", Cancel));
        Assert.Equal(StewardResult.NotFound, await Steward.SuspendAsync(CityId.Parse(city), _badge.AwardId, "not mine", Cancel));
        Assert.Equal(StewardResult.NotFound, await Steward.ResumeAsync(CityId.Parse(city), _badge.AwardId, "not mine", Cancel));

        Assert.Equal(before, await Everything.InAsync(_hub.Account));
    }

    [Theory]
    [InlineData("00000000000000000000000000")]
    [InlineData("")]
    [InlineData("../../plymouth")]
    [InlineData("' or true or RowKey eq '0")]
    public async Task An_award_that_does_not_exist_is_not_found(string awardId)
    {
        Assert.Null(await _hub.Get<AwardTable>().FindAsync(awardId, Cancel));
        if (AwardId.TryParse(awardId, out var id))
        {
            Assert.Equal(StewardResult.NotFound, await Steward.RevokeAsync(SampleCity.Plymouth, id, "a guess", Cancel));
        }
    }

    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.After)]
    public async Task Wherever_a_revocation_dies_after_it_was_recorded_its_message_finishes_it(Fault fault)
    {
        for (var n = 1; ; n++)
        {
            var badge = await _hub.IssueAsync($"learner-{n}@example.org");
            _hub.Faults.Arm(n, fault);
            var died = false;
            try
            {
                await Steward.RevokeAsync(SampleCity.Plymouth, badge.AwardId, "a test", Cancel);
            }
            catch (Azure.RequestFailedException)
            {
                died = true;
            }

            _hub.Faults.Disarm();
            await _hub.PumpAsync();
            _hub.Time.Advance(StatusReader.MaxAge);

            // Recorded and published, or neither.
            var revoked = (await _hub.AwardAsync(badge.AwardId)).Standing == AwardStanding.Revoked;
            Assert.Equal(revoked ? Answer.No : Answer.Yes, (await _hub.VerifyAsync(badge.Png)).Current);
            if (!died)
            {
                Assert.True(revoked && n > 8, $"Only {n} requests were made");
                return;
            }
        }
    }

    [Fact]
    public async Task Stewards_who_disagree_at_the_same_time_leave_the_lists_as_the_award_says()
    {
        for (var round = 0; round < 5; round++)
        {
            var badge = await _hub.IssueAsync($"learner-{round}@example.org");

            await Task.WhenAll(
                Steward.SuspendAsync(SampleCity.Plymouth, badge.AwardId, "one", Cancel),
                Steward.RevokeAsync(SampleCity.Plymouth, badge.AwardId, "two", Cancel),
                Steward.ResumeAsync(SampleCity.Plymouth, badge.AwardId, "three", Cancel));

            var row = (await _hub.Storage.StatusEntries
                .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Award eq {badge.AwardId.ToString()}"), cancellationToken: Cancel)
                .ToListAsync(Cancel)).Single();
            Assert.Equal(AwardStanding.Revoked, (await _hub.AwardAsync(badge.AwardId)).Standing);
            Assert.True(row.GetBoolean("revocation"));
            Assert.Equal(Answer.No, (await _hub.VerifyAsync(badge.Png)).Current);
        }
    }

    [Fact]
    public async Task A_badge_revoked_before_it_is_issued_is_never_signed_and_nobody_is_written_to()
    {
        await _hub.DeliverAsync("eve@example.org");
        var delivery = (await _hub.Storage.DeliveryMessages.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
        await _hub.Get<DeliveryHandler>().HandleAsync(delivery.Body.ToString(), Cancel);
        await _hub.Storage.DeliveryMessages.DeleteMessageAsync(delivery.MessageId, delivery.PopReceipt, Cancel);

        await Steward.RevokeAsync(SampleCity.Plymouth, _hub.AwardIdOf("eve@example.org"), "wrong person", Cancel);
        await _hub.PumpAsync();

        Assert.Null(await _hub.Get<AwardTable>().SignedAsync(_hub.AwardIdOf("eve@example.org"), Cancel));
        Assert.DoesNotContain(_hub.Mail.Posted, m => m.To.ToString() == "eve@example.org");
    }

    [Fact]
    public async Task A_badge_suspended_before_its_message_was_sent_is_mailed_once_when_it_is_resumed()
    {
        await _hub.DeliverAsync("eve@example.org");
        var delivery = (await _hub.Storage.DeliveryMessages.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
        await _hub.Get<DeliveryHandler>().HandleAsync(delivery.Body.ToString(), Cancel);
        await _hub.Storage.DeliveryMessages.DeleteMessageAsync(delivery.MessageId, delivery.PopReceipt, Cancel);
        var award = _hub.AwardIdOf("eve@example.org");
        await Steward.SuspendAsync(SampleCity.Plymouth, award, "a question", Cancel);
        await _hub.PumpAsync();
        Assert.DoesNotContain(_hub.Mail.Posted, m => m.To.ToString() == "eve@example.org");

        await Steward.ResumeAsync(SampleCity.Plymouth, award, "answered", Cancel);
        await _hub.PumpAsync();

        Assert.Single(_hub.Mail.Posted, m => m.To.ToString() == "eve@example.org");
        Assert.Equal(AwardState.Notified, (await _hub.AwardAsync(award)).State);
    }

    [Fact]
    public async Task Who_did_what_is_kept_once_and_only_if_something_was_done()
    {
        await Steward.ResumeAsync(SampleCity.Plymouth, _badge.AwardId, "for nothing", Cancel);
        await Steward.SuspendAsync(SampleCity.Plymouth, _badge.AwardId, "a question about Ada Marsh", Cancel);
        await Steward.SuspendAsync(SampleCity.Plymouth, _badge.AwardId, "again", Cancel);
        await Steward.RevokeAsync(SampleCity.Brighton, _badge.AwardId, "not mine", Cancel);

        var row = Assert.Single(await _hub.Storage.Audit.QueryAsync<TableEntity>(cancellationToken: Cancel).ToListAsync(Cancel));
        Assert.Equal((_badge.AwardId.ToString(), "Suspended"), (row.GetString("Award"), row.GetString("What")));
        Assert.DoesNotContain(row, p => p.Value is string text && text.Contains("Ada", StringComparison.Ordinal));
    }

    private async Task AssertFailsAsync(string purpose)
    {
        var report = await _hub.VerifyAsync(_badge.Png);

        Assert.Equal((Answer.Yes, Answer.No, Answer.Yes), (report.Authentic, report.Current, report.Authorised));
        Assert.Equal([purpose], report.Checks.Where(c => c.Outcome == CheckOutcome.Fail).Select(c => c.Id));
    }
}
