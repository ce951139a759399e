using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Learners;

/// <summary>Each kind of person ends with exactly one badge for each achievement, and the mail in the right hands.</summary>
public sealed class PersonJourneyTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    /// <summary>F2.</summary>
    [Fact]
    public async Task A_brother_and_a_sister_at_one_address_each_get_their_badge()
    {
        await SayAsync(("email", "family@example.org"), ("id", "tom"), ("name", "Tom"));
        await SayAsync(("email", "family@example.org"), ("id", "nia"), ("name", "Nia"));

        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.Awarded], awards: 2, "family@example.org", "family@example.org");
        Assert.Equal(["Nia", "Tom"], (await LearnersAsync()).Select(l => l.Name).Order());
        foreach (var mail in _hub.Mail.Box.List())
        {
            var token = mail.Links.First(l => l.Contains("/claim/", StringComparison.Ordinal)).Split('/')[^1].Split('?')[0];
            Assert.IsType<ClaimResult.Claimed>(await _hub.Get<ClaimService>().ClaimByLinkAsync(token, "Family@example.org ", Cancel));
        }
    }

    [Fact]
    public async Task A_guardian_with_three_children_whose_names_nobody_sends_gets_three_badges()
    {
        foreach (var child in new[] { "c1", "c2", "c3", "c2" })
        {
            await SayAsync(("email", "guardian@example.org"), ("id", child));
        }

        await AssertAsync(
            [DeliveryOutcome.Awarded, DeliveryOutcome.Awarded, DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld],
            awards: 3,
            [.. Enumerable.Repeat("guardian@example.org", 3)]);
    }

    [Fact]
    public async Task At_the_same_time_children_at_one_address_are_still_told_apart()
    {
        for (var i = 0; i < 12; i++)
        {
            await DeliverAsync(("email", "class@example.org"), ("id", $"child-{i % 6}"));
        }

        var handler = _hub.Get<DeliveryHandler>();
        var messages = (await _hub.Storage.DeliveryMessages.ReceiveMessagesAsync(32, cancellationToken: Cancel)).Value;
        await Task.WhenAll(messages.Select(m => handler.HandleAsync(m.Body.ToString(), Cancel)));

        Assert.Equal(6, (await LearnersAsync()).Count);
        Assert.Equal(6, (await ListAsync()).Select(d => d.AwardId).Distinct().Count());
    }

    /// <summary>An address alone, with another name: nobody is given somebody else's badge, and nothing is lost.</summary>
    [Fact]
    public async Task Another_name_at_an_address_alone_waits_for_a_person()
    {
        await SayAsync(("email", "family@example.org"), ("name", "Tom Bright"));
        await SayAsync(("email", "family@example.org"), ("name", "Nia Bright"));

        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.Waiting], awards: 1, "family@example.org");
        Assert.Equal("Reason.severalPeople", (await ListAsync())[^1].Reason!.Key);
    }

    [Fact]
    public async Task A_changed_address_moves_the_mail_and_never_the_badge()
    {
        await DeliverAsync(("email", "school@example.org"), ("id", "leaver"), ("name", "Ada"));
        await _hub.PumpAsync();
        var token = _hub.TokenFor("school@example.org");

        await SayAsync(("email", "home@example.org"), ("id", "leaver"));

        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld], awards: 1, "school@example.org");
        Assert.Equal("home@example.org", Assert.Single(await LearnersAsync()).Address);
        var claims = _hub.Get<ClaimService>();
        Assert.IsType<ClaimResult.Wrong>(await claims.ClaimByLinkAsync(token, "school@example.org", Cancel));
        Assert.IsType<ClaimResult.Claimed>(await claims.ClaimByLinkAsync(token, "home@example.org", Cancel));

        // Whoever has the old address next is somebody else.
        await SayAsync(("email", "school@example.org"), ("id", "newcomer"));
        Assert.Equal(2, (await LearnersAsync()).Count);
        Assert.Equal(DeliveryOutcome.Awarded, (await ListAsync())[^1].Outcome);
    }

    /// <summary>F4.</summary>
    [Fact]
    public async Task A_corrected_name_and_language_are_used_from_then_on_and_an_older_word_is_not()
    {
        await DeliverAsync(("email", "corrected@example.org"), ("id", "c"), ("name", "Old Name"));
        var early = (await _hub.Storage.DeliveryMessages.ReceiveMessageAsync(cancellationToken: Cancel)).Value.Body.ToString();
        _hub.Time.Advance(TimeSpan.FromHours(1));

        await SayAsync(("email", "corrected@example.org"), ("id", "c"), ("name", "New Name"), ("language", "cy"));
        await _hub.Get<DeliveryHandler>().HandleAsync(early, Cancel);

        var learner = Assert.Single(await LearnersAsync());
        Assert.Equal(("New Name", "cy"), (learner.Name, learner.Language));
        Assert.Contains("New Name", Assert.Single(_hub.Mail.Box.List()).Text, StringComparison.Ordinal);
    }

    /// <summary>F5.</summary>
    [Theory]
    [InlineData("Morwenna-1", "MORWENNA-1")]
    [InlineData("morwenna", " Morwenna")]
    [InlineData("Gwenllïan", "GWENLLI\u0308AN")]
    public async Task An_account_in_other_letters_is_the_same_learner(string one, string other)
    {
        await SayAsync(("email", "m@example.org"), ("id", one));
        await SayAsync(("email", "m@example.org"), ("id", other));

        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld], awards: 1, "m@example.org");
    }

    [Fact]
    public async Task One_person_at_two_providers_is_one_learner()
    {
        await _hub.EnrolAsync("moodle", "7,ada@example.org,Ada Example,en");
        await FromMoodleAsync(7);
        await SayAsync(("email", "ADA@example.org"), ("id", "ada-at-the-pools"), ("name", "Ada"));
        await SayAsync(("email", "ada@example.org"), ("name", "Ada Example"));

        await AssertAsync(
            [DeliveryOutcome.Awarded, DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld],
            awards: 2,
            "ada@example.org",
            "ada@example.org");
        Assert.Single(await LearnersAsync());
    }

    [Fact]
    public async Task A_slip_learner_who_gets_an_address_is_written_to_and_keeps_the_badge()
    {
        await _hub.EnrolAsync("moodle", "9,,Morwenna Example,en");
        await FromMoodleAsync(9);
        Assert.Empty(_hub.Mail.Box.List());

        await _hub.EnrolAsync("moodle", "9,morwenna@example.org,Morwenna Example,cy");
        await FromMoodleAsync(9);

        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld], awards: 1, "morwenna@example.org");
        Assert.Single(await LearnersAsync());
        Assert.IsType<ClaimResult.Claimed>(await _hub.Get<ClaimService>().ClaimByLinkAsync(
            _hub.TokenFor("morwenna@example.org"), "morwenna@example.org", Cancel));
    }

    /// <summary>F11, and the way back.</summary>
    [Fact]
    public async Task A_badge_that_was_taken_back_is_not_awarded_again_until_a_person_says_so()
    {
        await SayAsync(("email", "ada@example.org"));
        var first = (await ListAsync())[0].AwardId!.Value;
        await _hub.Get<CitiesOfLearning.Hub.Status.Stewardship>().RevokeAsync(SampleCity.Plymouth, first, "not yet", Cancel);

        await SayAsync(("email", "ada@example.org"));
        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.TakenBack], awards: 1, "ada@example.org");
        Assert.Equal(first, (await ListAsync())[^1].AwardId);

        var delivery = (await RecordsAsync())[^1].Delivery;
        Assert.True(await _hub.Get<DeliveryHandler>().MapAgainAsync(SampleCity.Plymouth, "hub", delivery, AskedBy.AwardAgain, Cancel));
        await _hub.PumpAsync();
        var second = (await ListAsync())[^1];
        Assert.Equal(DeliveryOutcome.Awarded, second.Outcome);
        Assert.NotEqual(first, second.AwardId);

        // From now on that one is held.
        await SayAsync(("email", "ada@example.org"));
        Assert.Equal((DeliveryOutcome.AlreadyHeld, second.AwardId), ((await ListAsync())[^1].Outcome, (await ListAsync())[^1].AwardId));
    }

    [Fact]
    public async Task A_completion_that_no_longer_counts_is_shown_with_its_award()
    {
        await SayAsync(("email", "ada@example.org"), ("id", "a"));
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["type"] = "withdrawn",
            ["occurredAt"] = "2026-11-20T10:00:00Z",
            ["activity"] = new JsonObject { ["id"] = "tide-pool-survey" },
            ["learner"] = new JsonObject { ["id"] = "A" },
        }.ToJsonString());

        Assert.IsType<Receipt.Accepted>(await _hub.DeliverAsync(body));
        await _hub.PumpAsync();

        var (awarded, withdrawn) = ((await ListAsync())[0], (await ListAsync())[1]);
        Assert.Equal((DeliveryOutcome.Withdrawn, awarded.AwardId), (withdrawn.Outcome, withdrawn.AwardId));
        Assert.Equal(AwardStanding.Good, (await _hub.AwardAsync(awarded.AwardId!.Value)).Standing);
    }

    private async Task SayAsync(params (string Name, string Value)[] learner)
    {
        await DeliverAsync(learner);
        await _hub.PumpAsync();
    }

    private async Task DeliverAsync(params (string Name, string Value)[] learner)
    {
        _hub.Time.Advance(TimeSpan.FromSeconds(1));
        var said = new JsonObject([.. learner.Select(l => KeyValuePair.Create(l.Name, (JsonNode?)l.Value))]);
        Assert.IsType<Receipt.Accepted>(await _hub.DeliverAsync(said));
    }

    private async Task FromMoodleAsync(int account)
    {
        _hub.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<Receipt.Accepted>(await _hub.DeliverFromMoodleAsync(account));
        await _hub.PumpAsync();
    }

    private async Task AssertAsync(DeliveryOutcome[] outcomes, int awards, params string[] mailed)
    {
        Assert.Equal(outcomes, (await ListAsync()).Select(d => d.Outcome));
        var ids = (await ListAsync()).Where(d => d.AwardId is not null).Select(d => d.AwardId!.Value).Distinct().ToList();
        Assert.Equal(awards, ids.Count);
        Assert.Equal(mailed.Order(), _hub.Mail.Box.List().Select(m => m.To).Order());
        Assert.Equal(awards, _hub.Mail.Posted.Select(m => m.MessageId).Distinct().Count());
    }

    /// <summary>Oldest first.</summary>
    private async Task<IReadOnlyList<DeliveryDecision>> ListAsync() => [.. (await RecordsAsync()).SelectMany(d => d.Decisions)];

    private async Task<IReadOnlyList<DeliveryRecord>> RecordsAsync() =>
        [.. (await _hub.Get<DeliveryTable>().ListAsync(SampleCity.Plymouth, 100, null, Cancel)).Deliveries.Reverse()];

    private async Task<IReadOnlyList<Learner>> LearnersAsync()
    {
        var ids = await _hub.Storage.Learners
            .QueryAsync<Azure.Data.Tables.TableEntity>("RowKey eq 'person'", cancellationToken: Cancel)
            .Select(r => r.PartitionKey)
            .ToListAsync(Cancel);
        return [.. (await Task.WhenAll(ids.Select(id => _hub.Get<LearnerTable>().FindAsync(id, Cancel))))!];
    }
}
