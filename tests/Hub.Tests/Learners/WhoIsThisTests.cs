using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Tests.Awards;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Learners;

/// <summary>A steward says once who somebody is: what waits flows, once, into the right hands, and the answer is remembered.</summary>
public sealed class WhoIsThisTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task An_unknown_account_asks_once_however_much_of_it_waits()
    {
        await SayAsync(("id", "Stranger"), ("name", "Sam"));
        await SayAsync(("id", "stranger "));
        await SayAsync(("id", "other"));

        var page = await _hub.Get<QuestionTable>().ListAsync(SampleCity.Plymouth, 50, null, Cancel);
        Assert.Equal([1, 2], page.Questions.Select(q => q.Waiting).Order());
        Assert.Equal((2, 3), await _hub.Get<QuestionTable>().CountAsync(SampleCity.Plymouth, Cancel));
        var asked = Assert.Single(page.Questions, q => q.Waiting == 2);
        Assert.Equal(("hub", "stranger", "Sam", "tide-pool-survey"), (asked.Source, asked.Said.Account, asked.Said.Name, asked.Activity));
        Assert.Contains(asked.Key, (await RecordsAsync()).SelectMany(r => r.Decisions).Select(d => d.Question));
    }

    [Fact]
    public async Task A_new_learner_with_an_address_gets_one_badge_and_the_mail_and_is_known_from_then_on()
    {
        await SayAsync(("id", "stranger"));
        await SayAsync(("id", "stranger"));

        var answered = await AnswerAsync(QuestionAnswers.IsNew("sam@example.org", "Sam"));
        Assert.Equal((AnswerKind.New, 0), (answered!.Answer!.Kind, answered.Waiting));
        await SayAsync(("id", "STRANGER"));

        await AssertAsync(
            [DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld, DeliveryOutcome.AlreadyHeld], awards: 1, "sam@example.org");
        Assert.Equal(("Sam", "sam@example.org"), (Assert.Single(await LearnersAsync()).Name, (await LearnersAsync())[0].Address));
        Assert.Equal((0, 0), await _hub.Get<QuestionTable>().CountAsync(SampleCity.Plymouth, Cancel));
    }

    [Fact]
    public async Task A_learner_who_is_known_is_found_by_address_or_by_account_and_holds_it_once()
    {
        await SayAsync(("email", "ada@example.org"), ("name", "Ada"));
        await SayAsync(("id", "stranger"));
        var city = await CityAsync();

        var found = Assert.Single(await _hub.Get<LearnerSearch>().AtAddressAsync(city, " ADA@example.org", Cancel));
        Assert.NotNull(await _hub.Get<LearnerSearch>().FindAsync(city, found.Id, Cancel));
        await AnswerAsync(QuestionAnswers.Is(found));

        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld], awards: 1, "ada@example.org");
        var byAccount = await _hub.Get<LearnerSearch>().ByAccountAsync(city, city.Sources["hub"], "Stranger", Cancel);
        Assert.Equal(found.Id, byAccount!.Id);
    }

    [Fact]
    public async Task Whoever_stands_in_another_sources_roster_can_be_the_answer()
    {
        await _hub.EnrolAsync("moodle", "7,ada@example.org,Ada Example,cy");
        await SayAsync(("id", "stranger"));
        var city = await CityAsync();

        var found = await _hub.Get<LearnerSearch>().ByAccountAsync(city, city.Sources["moodle"], "7", Cancel);
        await AnswerAsync(QuestionAnswers.Is(found!));
        _hub.Time.Advance(TimeSpan.FromSeconds(1));
        await _hub.DeliverFromMoodleAsync(7);
        await _hub.PumpAsync();

        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.Awarded], awards: 2, "ada@example.org", "ada@example.org");
        Assert.Single(await LearnersAsync());
    }

    [Fact]
    public async Task A_learner_of_another_city_or_of_none_is_not_found()
    {
        await SayAsync(("email", "ada@example.org"));
        var learner = Assert.Single(await LearnersAsync());
        var brighton = (await CityAsync()) with { Id = SampleCity.Brighton };

        Assert.Null(await _hub.Get<LearnerSearch>().FindAsync(brighton, learner.Id, Cancel));
        Assert.Null(await _hub.Get<LearnerSearch>().FindAsync(await CityAsync(), "nobody", Cancel));
        Assert.Empty(await _hub.Get<LearnerSearch>().AtAddressAsync(await CityAsync(), "ada at example", Cancel));
    }

    [Fact]
    public async Task A_slip_learner_is_written_to_nowhere_until_the_address_comes_and_keeps_the_one_badge()
    {
        await SayAsync(("id", "stranger"), ("name", "Sam"));
        await AnswerAsync(QuestionAnswers.IsNew(null, "Sam"));
        await AssertAsync([DeliveryOutcome.Awarded], awards: 1);

        await SayAsync(("id", "stranger"), ("email", "sam@example.org"));

        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld], awards: 1, "sam@example.org");
        Assert.IsType<ClaimResult.Claimed>(await _hub.Get<ClaimService>().ClaimByLinkAsync(
            _hub.TokenFor("sam@example.org"), "sam@example.org", Cancel));
    }

    /// <summary>The family's address is not hers, the steward says: neither now nor when it is sent again.</summary>
    [Fact]
    public async Task A_name_at_somebody_elses_address_gets_a_slip_and_never_the_others_mail()
    {
        await SayAsync(("email", "family@example.org"), ("name", "Tom Bright"));
        await SayAsync(("email", "family@example.org"), ("name", "Nia Bright"));
        await AnswerAsync(QuestionAnswers.IsNew(null, "Nia Bright"));
        await SayAsync(("email", "Family@example.org"), ("name", "nia bright"));

        await AssertAsync(
            [DeliveryOutcome.Awarded, DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld], awards: 2, "family@example.org");
        Assert.Null(Assert.Single(await LearnersAsync(), l => l.Name == "nia bright").Address);
    }

    [Fact]
    public async Task A_name_at_a_shared_address_becomes_a_learner_of_its_own()
    {
        await SayAsync(("email", "family@example.org"), ("name", "Tom Bright"));
        await SayAsync(("email", "family@example.org"), ("name", "Nia Bright"));
        await AnswerAsync(QuestionAnswers.IsNew("family@example.org", null));
        await SayAsync(("email", "family@example.org"), ("name", "Nia Bright"));
        await SayAsync(("email", "family@example.org"), ("name", "Tom Bright"));

        await AssertAsync(
            [DeliveryOutcome.Awarded, DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld, DeliveryOutcome.AlreadyHeld],
            awards: 2,
            "family@example.org",
            "family@example.org");
        Assert.Equal(["Nia Bright", "Tom Bright"], (await LearnersAsync()).Select(l => l.Name).Order());
    }

    /// <summary>A school account is closed; the leaver comes again from home, and a steward says who that is.</summary>
    [Fact]
    public async Task A_school_leaver_keeps_every_badge_and_the_mail_goes_home()
    {
        await _hub.EnrolAsync("moodle", "8,gethin@school.example,Gethin Example,cy");
        _hub.Time.Advance(TimeSpan.FromSeconds(1));
        await _hub.DeliverFromMoodleAsync(8);
        await _hub.PumpAsync();
        var token = _hub.TokenFor("gethin@school.example");

        await SayAsync(("id", "g-at-home"), ("name", "Gethin"));
        var city = await CityAsync();
        var gethin = await _hub.Get<LearnerSearch>().ByAccountAsync(city, city.Sources["moodle"], "8", Cancel);
        await AnswerAsync(QuestionAnswers.Is(gethin!));
        await SayAsync(("id", "g-at-home"), ("email", "gethin@home.example"));

        Assert.Equal("gethin@home.example", Assert.Single(await LearnersAsync()).Address);
        await AssertAsync(
            [DeliveryOutcome.Awarded, DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld],
            awards: 2,
            "gethin@school.example",
            "gethin@school.example");
        var claims = _hub.Get<ClaimService>();
        Assert.IsType<ClaimResult.Wrong>(await claims.ClaimByLinkAsync(token, "gethin@school.example", Cancel));
        Assert.IsType<ClaimResult.Claimed>(await claims.ClaimByLinkAsync(token, "gethin@home.example", Cancel));
    }

    [Fact]
    public async Task Nobody_of_ours_gets_nothing_also_later_until_the_roster_says_otherwise()
    {
        await SayAsync(("id", "test"));
        await AnswerAsync(QuestionAnswers.IsNotOurs);
        await SayAsync(("id", "TEST"));

        await AssertAsync([DeliveryOutcome.NoBadge, DeliveryOutcome.NoBadge], awards: 0);
        Assert.All(await RecordsAsync(), r => Assert.Equal("Reason.notOurs", r.Decisions[0].Reason!.Key));

        await _hub.EnrolAsync("hub", "test,sam@example.org,Sam,");
        await SayAsync(("id", "test"));
        await AssertAsync([DeliveryOutcome.NoBadge, DeliveryOutcome.NoBadge, DeliveryOutcome.Awarded], awards: 1, "sam@example.org");
    }

    [Fact]
    public async Task What_cannot_be_an_address_is_asked_about_and_remembered()
    {
        await SayAsync(("email", "sam at example"), ("name", "Sam"));
        await AnswerAsync(QuestionAnswers.IsNew("sam@example.org", null));
        await SayAsync(("email", "SAM at example"), ("name", "sam"));

        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.AlreadyHeld], awards: 1, "sam@example.org");
    }

    [Fact]
    public async Task A_roster_is_an_answer_too_and_what_waits_flows_by_itself()
    {
        await SayAsync(("id", "stranger"));
        await SayAsync(("id", "other"));

        await _hub.EnrolAsync("hub", "Stranger,sam@example.org,Sam,");
        await _hub.PumpAsync();

        await AssertAsync([DeliveryOutcome.Awarded, DeliveryOutcome.Waiting], awards: 1, "sam@example.org");
        Assert.Equal((1, 1), await _hub.Get<QuestionTable>().CountAsync(SampleCity.Plymouth, Cancel));
    }

    [Fact]
    public async Task Of_two_stewards_at_once_the_first_counts_and_the_second_sees_it()
    {
        await SayAsync(("id", "stranger"));
        var key = (await OpenAsync()).Key;
        var city = await CityAsync();

        var both = await Task.WhenAll(
            _hub.Get<QuestionAnswers>().AnswerAsync(city, "hub", key, QuestionAnswers.IsNew("sam@example.org", null), Cancel),
            _hub.Get<QuestionAnswers>().AnswerAsync(city, "hub", key, QuestionAnswers.IsNew("kim@example.org", null), Cancel));
        var again = await _hub.Get<QuestionAnswers>().AnswerAsync(city, "hub", key, QuestionAnswers.IsNotOurs, Cancel);
        await _hub.PumpAsync();

        var address = both[0]!.Answer!.Address;
        Assert.All([.. both, again], q => Assert.Equal(address, q!.Answer!.Address));
        await AssertAsync([DeliveryOutcome.Awarded], awards: 1, address!);
        Assert.Single(await LearnersAsync());
    }

    /// <summary>Each request of an answer fails once, before or after storage did it; pressing the button again ends it.</summary>
    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.After)]
    public async Task An_answer_that_was_interrupted_anywhere_is_finished_by_another(Fault fault)
    {
        var city = await CityAsync();
        for (var at = 1; ; at++)
        {
            await SayAsync(("id", $"stranger-{at}"));
            await SayAsync(("id", $"stranger-{at}"));
            var key = (await OpenAsync()).Key;
            var answer = QuestionAnswers.IsNew($"s{at}@example.org", null);
            _hub.Faults.Arm(at, fault);
            var failed = await Record.ExceptionAsync(() => _hub.Get<QuestionAnswers>().AnswerAsync(city, "hub", key, answer, Cancel));
            _hub.Faults.Disarm();
            await _hub.Get<QuestionAnswers>().AnswerAsync(city, "hub", key, answer, Cancel);
            await _hub.PumpAsync();

            Assert.Equal((0, 0), await _hub.Get<QuestionTable>().CountAsync(SampleCity.Plymouth, Cancel));
            Assert.Single(_hub.Mail.Box.List(), m => m.To == $"s{at}@example.org");
            if (failed is null)
            {
                Assert.InRange(at, 8, 40);
                Assert.Equal(at, (await LearnersAsync()).Count);
                return;
            }
        }
    }

    [Fact]
    public async Task Answers_and_completions_at_the_same_time_lose_and_double_nothing()
    {
        await SayAsync(("id", "stranger"));
        var key = (await OpenAsync()).Key;
        for (var i = 0; i < 10; i++)
        {
            await DeliverAsync(("id", "stranger"));
        }

        var city = await CityAsync();
        await Task.WhenAll(
            _hub.PumpAsync(),
            _hub.Get<QuestionAnswers>().AnswerAsync(city, "hub", key, QuestionAnswers.IsNew("sam@example.org", null), Cancel));
        await _hub.PumpAsync();

        Assert.Equal((0, 0), await _hub.Get<QuestionTable>().CountAsync(SampleCity.Plymouth, Cancel));
        Assert.All(await RecordsAsync(), r => Assert.True(r.Outcome is DeliveryOutcome.Awarded or DeliveryOutcome.AlreadyHeld));
        Assert.Single(_hub.Mail.Box.List());
    }

    [Fact]
    public async Task More_than_a_transaction_holds_waits_and_flows_and_a_list_has_as_many_pages_as_it_needs()
    {
        var table = _hub.Get<QuestionTable>();
        await SayAsync(("id", "stranger"));
        var asked = await OpenAsync();
        for (var i = 0; i < 200; i++)
        {
            await table.AskAsync(asked, new($"d{i % 150}", i / 150, "no/such/blob"), Cancel);
            await table.AskAsync(asked, new($"d{i % 150}", i / 150, "no/such/blob"), Cancel);
        }

        await Task.WhenAll(Enumerable.Range(0, 120).Select(
            i => table.AskAsync(asked with { Key = $"K{i:D3}" }, new("d", 0, "no/such/blob"), Cancel)));
        var (pages, next) = (new List<Question>(), (string?)null);
        do
        {
            var page = await table.ListAsync(SampleCity.Plymouth, 50, next, Cancel);
            pages.AddRange(page.Questions);
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(121, pages.Select(q => q.Key).Distinct().Count());
        Assert.Equal((121, 321), await table.CountAsync(SampleCity.Plymouth, Cancel));
        var answered = await _hub.Get<QuestionAnswers>().AnswerAsync(
            await CityAsync(), "hub", asked.Key, QuestionAnswers.IsNew("sam@example.org", null), Cancel);
        Assert.Equal(0, answered!.Waiting);
        Assert.Equal((120, 120), await table.CountAsync(SampleCity.Plymouth, Cancel));
    }

    [Fact]
    public async Task What_is_mapped_again_and_known_by_then_waits_no_longer()
    {
        await SayAsync(("email", "family@example.org"), ("name", "Tom Bright"));
        await SayAsync(("email", "family@example.org"), ("name", "Nia Bright"));
        await SayAsync(("email", "family@example.org"), ("name", "Nia Bright"), ("id", "nia"));

        var waiting = Assert.Single(await RecordsAsync(), r => r.Outcome == DeliveryOutcome.Waiting);
        await _hub.Get<DeliveryHandler>().MapAgainAsync(SampleCity.Plymouth, "hub", waiting.Delivery, AskedBy.MapAgain, Cancel);

        Assert.Equal((0, 0), await _hub.Get<QuestionTable>().CountAsync(SampleCity.Plymouth, Cancel));
        Assert.Equal(DeliveryOutcome.AlreadyHeld, (await RecordsAsync())[1].Outcome);
    }

    [Fact]
    public async Task Nothing_of_it_is_readable_in_storage()
    {
        await SayAsync(("id", "zebedee1"), ("name", "Zebedee Quill"));
        await SayAsync(("email", "zebedee at home"), ("name", "Quill"));
        await SayAsync(("id", "zebedee2"));
        await AnswerAsync(QuestionAnswers.IsNew("zebedee@example.org", "Zebedee"));

        Assert.All(
            (await Everything.InAsync(_hub.Account)).Where(t => t.Holds("zebedee") || t.Holds("quill")).Select(t => t.Place),
            place => Assert.StartsWith("inbox/", place, StringComparison.Ordinal));
    }

    private async Task<City> CityAsync() => (await _hub.Get<CityDirectory>().FindAsync(SampleCity.Plymouth, Cancel))!;

    private async Task<Question> OpenAsync() =>
        (await _hub.Get<QuestionTable>().ListAsync(SampleCity.Plymouth, 50, null, Cancel)).Questions[0];

    private async Task<Question?> AnswerAsync(QuestionAnswer answer)
    {
        var answered = await _hub.Get<QuestionAnswers>().AnswerAsync(await CityAsync(), "hub", (await OpenAsync()).Key, answer, Cancel);
        await _hub.PumpAsync();
        return answered;
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

    private async Task AssertAsync(DeliveryOutcome[] outcomes, int awards, params string[] mailed)
    {
        var decisions = (await RecordsAsync()).SelectMany(d => d.Decisions).ToList();
        Assert.Equal(outcomes.Order(), decisions.Select(d => d.Outcome).Order()); // what waited flows in any order
        Assert.Equal(awards, decisions.Where(d => d.AwardId is not null).Select(d => d.AwardId).Distinct().Count());
        Assert.Equal(mailed.Order(), _hub.Mail.Box.List().Select(m => m.To).Order());
    }

    /// <summary>Oldest first.</summary>
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
