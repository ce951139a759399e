using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Tests.Cities;
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

    /// <summary>
    /// The school's address dies, its account stays; the code club has her brother's and her own completions under the private address
    /// of the family. A steward says once who she is.
    /// </summary>
    [Fact]
    public async Task A_school_leaver_keeps_every_badge_and_the_mail_goes_home_whatever_the_school_goes_on_saying()
    {
        await StartCodeClubAsync();
        await SayAsync(("email", "ada@school.example"), ("id", "leaver"), ("name", "Ada Marsh"));
        await ClubAsync(("email", "marsh@example.org"), ("name", "Tom Marsh"));

        await ClubAsync(("email", "marsh@example.org"), ("name", "Ada Marsh"));
        await AnswerAsync("code-club", (await LearnersAsync()).Single(l => l.Name == "Ada Marsh"));
        await SayAsync(("email", "ada@school.example"), ("id", "leaver"), ("name", "Ada Marsh"));
        await ClubAsync(("email", "marsh@example.org"), ("name", "Ada Marsh"));
        await SayAsync(("email", "ada@school.example"), ("id", "LEAVER"));

        await AssertAsync(
            [
                DeliveryOutcome.Awarded,
                DeliveryOutcome.Awarded,
                DeliveryOutcome.Awarded,
                DeliveryOutcome.AlreadyHeld,
                DeliveryOutcome.AlreadyHeld,
                DeliveryOutcome.AlreadyHeld,
            ],
            awards: 3,
            "ada@school.example",
            "marsh@example.org",
            "marsh@example.org");
        Assert.Equal(
            [("Ada Marsh", "marsh@example.org"), ("Tom Marsh", "marsh@example.org")],
            (await LearnersAsync()).Select(l => (l.Name, l.Address)).Order());
        await ClaimsAsync("ada@school.example", "marsh@example.org");

        // Whoever has the school's address next is somebody else.
        await SayAsync(("email", "ada@school.example"), ("id", "first-year"), ("name", "Ada Marshall"));
        Assert.Equal((DeliveryOutcome.Awarded, 3), ((await ListAsync())[^1].Outcome, (await LearnersAsync()).Count));
    }

    /// <summary>The same, where the code club sends accounts and says the private address only later.</summary>
    [Fact]
    public async Task A_school_leaver_whom_another_provider_knows_by_an_account_alone_is_one_learner_too()
    {
        await StartCodeClubAsync();
        await SayAsync(("email", "ada@school.example"), ("id", "leaver"), ("name", "Ada Marsh"));
        await ClubAsync(("id", "ada-m"));
        await AnswerAsync("code-club", Assert.Single(await LearnersAsync()));

        await ClubAsync(("id", "ada-m"), ("email", "ada@example.org"));
        await SayAsync(("email", "ada@school.example"), ("id", "leaver"), ("name", "Ada Marsh"));

        await AssertAsync(
            [DeliveryOutcome.Awarded, DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld, DeliveryOutcome.AlreadyHeld],
            awards: 2,
            "ada@school.example",
            "ada@school.example");
        Assert.Equal("ada@example.org", Assert.Single(await LearnersAsync()).Address);
        await ClaimsAsync("ada@school.example", "ada@example.org");
    }

    /// <summary>An address that is said again is no news; one that changed is, whoever says so, and so is a name.</summary>
    [Fact]
    public async Task Of_two_sources_that_disagree_about_an_address_the_one_that_changed_its_word_last_is_believed()
    {
        await StartCodeClubAsync();
        await SayAsync(("email", "school@example.org"), ("id", "a"), ("name", "Ada"));
        await ClubAsync(("email", "school@example.org"), ("id", "c"));

        await IsAtAsync("home@example.org", () => ClubAsync(("email", "home@example.org"), ("id", "c")));
        await IsAtAsync("home@example.org", () => SayAsync(("email", "School@example.org"), ("id", "A"), ("name", "Ada Marsh")));
        await IsAtAsync("home@example.org", () => SayAsync(("id", "a")));
        await IsAtAsync("home@example.org", () => SayAsync(("email", "school@example.org"), ("id", "a")));
        await IsAtAsync("home@example.org", () => ClubAsync(("email", "home@example.org"), ("id", "c")));
        await IsAtAsync("college@example.org", () => SayAsync(("email", "college@example.org"), ("id", "a")));
        await IsAtAsync("college@example.org", () => ClubAsync(("email", "home@example.org"), ("id", "c")));
        await IsAtAsync("school@example.org", () => SayAsync(("email", "school@example.org"), ("id", "a")));

        Assert.Equal("Ada Marsh", Assert.Single(await LearnersAsync()).Name);
        Assert.Equal(2, (await ListAsync()).Select(d => d.AwardId).Distinct().Count());

        async Task IsAtAsync(string address, Func<Task> said)
        {
            await said();
            Assert.Equal(address, Assert.Single(await LearnersAsync()).Address);
        }
    }

    /// <summary>What was said is remembered as said only when the learner is written down.</summary>
    [Fact]
    public async Task An_address_that_was_heard_by_a_process_that_died_is_heard_again()
    {
        await SayAsync(("email", "school@example.org"), ("id", "a"));
        var (city, resolver) = ((await _hub.Get<CityDirectory>().FindAsync(SampleCity.Plymouth, Cancel))!, _hub.Get<LearnerResolver>());
        var said = new ReportedLearner("a", "home@example.org", null, null);

        var died = await resolver.ResolveAsync(city, city.Sources["hub"], said, _hub.Time.GetUtcNow(), Cancel);
        var again = await resolver.ResolveAsync(city, city.Sources["hub"], said, _hub.Time.GetUtcNow(), Cancel);

        Assert.Equal("school@example.org", Assert.Single(await LearnersAsync()).Address);
        Assert.All([died, again], found =>
        {
            var known = Assert.IsType<LearnerResolution.Known>(found);
            Assert.Equal(("home@example.org", true), (known.Learner.Address, known.IsNews));
        });
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

    /// <summary>What the code club says of a learner who graduated there.</summary>
    private async Task ClubAsync(params (string Name, string Value)[] learner)
    {
        await DeliverAsync("code-club", learner);
        await _hub.PumpAsync();
    }

    private Task DeliverAsync(params (string Name, string Value)[] learner) => DeliverAsync("hub", learner);

    private async Task DeliverAsync(string source, (string Name, string Value)[] learner)
    {
        _hub.Time.Advance(TimeSpan.FromSeconds(1));
        var said = new JsonObject([.. learner.Select(l => KeyValuePair.Create(l.Name, (JsonNode?)l.Value))]);
        Assert.IsType<Receipt.Accepted>(await _hub.DeliverAsync(said, source: source));
    }

    /// <summary>From here on the code club sends what source <c>hub</c> sends, and awards a badge of its own for it.</summary>
    private async Task StartCodeClubAsync()
    {
        var files = Sample.Edited(
            "plymouth",
            "sources/code-club.json",
            ("github-workflow-run", "standard-webhooks"),
            ("activity.name == 'Graduate'", "activity.id == 'tide-pool-survey'"));
        Assert.NotNull((await _hub.Get<CityStore>().ActivateAsync("plymouth", files, Cancel)).City);
        _hub.Time.Advance(TimeSpan.FromMinutes(10));
    }

    private async Task AnswerAsync(string source, Learner learner)
    {
        var city = (await _hub.Get<CityDirectory>().FindAsync(SampleCity.Plymouth, Cancel))!;
        var open = Assert.Single((await _hub.Get<QuestionTable>().ListAsync(SampleCity.Plymouth, 50, null, Cancel)).Questions);
        _hub.Time.Advance(TimeSpan.FromSeconds(1));
        await _hub.Get<QuestionAnswers>().AnswerAsync(city, source, open.Key, QuestionAnswers.Is(learner), Cancel);
        await _hub.PumpAsync();
    }

    /// <summary>The message that went to one address is of use to whoever has the other now.</summary>
    private async Task ClaimsAsync(string mailed, string now)
    {
        var token = _hub.TokenFor(mailed);
        var claims = _hub.Get<ClaimService>();
        Assert.IsType<ClaimResult.Wrong>(await claims.ClaimByLinkAsync(token, mailed, Cancel));
        Assert.IsType<ClaimResult.Claimed>(await claims.ClaimByLinkAsync(token, now, Cancel));
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
