using System.Text;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Webhooks;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Awards;

public sealed class DeliveryHandlerTests
{
    [Fact]
    public async Task A_completion_becomes_an_award_and_a_line_in_the_log()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.ReceiveAsync("hub", SomeWebhook.Standard(WebhookHub.Completion()));

        await hub.UnderstandAsync();

        var record = Assert.Single(await hub.ListAsync());
        Assert.Equal(DeliveryOutcome.Awarded, record.Outcome);
        Assert.Equal(SomeCity.Now, record.ReceivedAt);
        var decision = Assert.Single(record.Decisions);
        Assert.Equal("tide-pool-surveyor", decision.Badge);
        Assert.Equal(decision.AwardId, Assert.Single(await hub.AwardsAsync()));
        Assert.Equal(1, await hub.MessagesAsync(hub.Storage.AwardMessages));
    }

    [Fact]
    public async Task The_same_delivery_however_often_is_one_row_and_one_award()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.ReceiveAsync("hub", SomeWebhook.Standard(WebhookHub.Completion()));
        await hub.ReceiveAsync("hub", SomeWebhook.Standard(WebhookHub.Completion()));

        var messages = await hub.UnderstandAsync();
        var handler = await hub.HandlerAsync();
        await Task.WhenAll(messages.Select(m => handler.HandleAsync(m, CancellationToken.None)));

        var record = Assert.Single(await hub.ListAsync());
        Assert.Equal(4, record.Attempts);
        Assert.Single(await hub.AwardsAsync());
        Assert.Equal(2, (await hub.RowsAsync(hub.Storage.Deliveries)).Count); // the row that lists it, and one to find it by
    }

    [Fact]
    public async Task Moodles_object_id_is_one_delivery_for_each_learner_course_and_time()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.EnrolAsync("moodle", "7,ada@example.org,Ada,en", "8,gethin@example.org,Gethin,cy");

        await hub.ReceiveAsync("moodle", Moodle(learner: 7));
        await hub.ReceiveAsync("moodle", Moodle(learner: 7));
        await hub.ReceiveAsync("moodle", Moodle(learner: 8));
        await hub.ReceiveAsync("moodle", Moodle(learner: 8, course: 12));
        await hub.ReceiveAsync("moodle", Moodle(learner: 8, time: 1795000001));
        await hub.UnderstandAsync();

        Assert.Equal(4, (await hub.ListAsync()).Count);
        Assert.Equal(2, (await hub.AwardsAsync()).Count);

        static UnverifiedWebhook Moodle(int learner, int course = 5, int time = 1795000000) => SomeWebhook.Unsigned(Encoding.UTF8.GetBytes(
            $$"""
            {"eventname":"\\core\\event\\course_completed","objectid":777,"relateduserid":{{learner}},"courseid":{{course}},
             "timecreated":{{time}},"host":"moodle.example.org","token":"local-moodle-token"}
            """));
    }

    [Fact]
    public async Task Another_body_under_a_used_delivery_id_awards_nothing()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.EnrolAsync("code-club", "octo-ada,ada@example.org,Ada,en", "octo-gethin,gethin@example.org,Gethin,cy");
        await hub.ReceiveAsync("code-club", GitHubRun("octo-ada"));
        await hub.UnderstandAsync();

        var nextDay = new UnverifiedWebhook(
            GitHubRun("octo-gethin").Body,
            SomeWebhook.GitHubHeaders(GitHubRun("octo-gethin").Body.ToArray(), "d-1"),
            "application/json",
            SomeCity.Now.AddDays(1));
        await hub.ReceiveAsync("code-club", nextDay);
        await hub.UnderstandAsync();

        Assert.Equal(2, (await hub.BlobsAsync()).Count);
        Assert.Equal(2, Assert.Single(await hub.ListAsync()).Attempts);
        Assert.Single(await hub.AwardsAsync());
    }

    [Fact]
    public async Task Who_was_not_known_is_awarded_when_the_delivery_is_mapped_again_after_the_roster()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.EnrolAsync("hub", "1,a@example.org,,");
        await hub.ReceiveAsync("hub", SomeWebhook.Standard(WebhookHub.Completion("""{"id":"2"}""")));
        await hub.UnderstandAsync();
        var waiting = Assert.Single(await hub.ListAsync());

        await hub.EnrolAsync("hub", "2,b@example.org,,");
        var handler = await hub.HandlerAsync();
        var found = await handler.MapAgainAsync(SampleCity.Plymouth, "hub", waiting.Delivery, AskedBy.MapAgain, CancellationToken.None);
        var again = await handler.MapAgainAsync(SampleCity.Plymouth, "hub", waiting.Delivery, AskedBy.MapAgain, CancellationToken.None);

        Assert.Equal(DeliveryOutcome.Waiting, waiting.Outcome);
        Assert.True(found && again);
        Assert.Equal(DeliveryOutcome.Awarded, Assert.Single(await hub.ListAsync()).Outcome);
        Assert.Single(await hub.AwardsAsync());
    }

    [Fact]
    public async Task What_is_not_signed_yet_says_what_it_is_mapped_to_by_a_person_and_not_what_comes_again()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.ReceiveAsync("hub", SomeWebhook.Standard(WebhookHub.Completion(), "msg_1"));
        await hub.UnderstandAsync();
        var later = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(WebhookHub.Completion()).Replace("2026-11-20", "2026-11-21"));
        await hub.ReceiveAsync("hub", SomeWebhook.Standard(later, "msg_2"));
        await hub.UnderstandAsync();
        var awards = new AwardTable(hub.Storage);
        var id = Assert.Single(await hub.AwardsAsync());
        var before = await awards.FindAsync(id, CancellationToken.None);
        var second = Assert.Single(await hub.ListAsync(), d => d.Outcome == DeliveryOutcome.AlreadyHeld);

        await (await hub.HandlerAsync()).MapAgainAsync(
            SampleCity.Plymouth, "hub", second.Delivery, AskedBy.MapAgain, CancellationToken.None);

        var after = await awards.FindAsync(id, CancellationToken.None);
        Assert.Equal((20, 1), (before!.AchievedAt.Day, before.Events));
        Assert.Equal((21, 2), (after!.AchievedAt.Day, after.Events));
    }

    [Fact]
    public async Task A_delivery_nobody_sent_cannot_be_mapped_again()
    {
        var handler = await (await WebhookHub.StartAsync()).HandlerAsync();
        var message = new DeliveryMessage(SampleCity.Plymouth, "hub", "d", "plymouth/hub/2026/11/23/d").Write();

        Assert.False(
            await handler.MapAgainAsync(SampleCity.Plymouth, "hub", new string('0', 64), AskedBy.MapAgain, CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => handler.HandleAsync(message, CancellationToken.None));
    }

    [Fact]
    public async Task A_ping_is_shown_and_issues_nothing()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.ReceiveAsync("hub", SomeWebhook.Standard("""{"type":"ping"}"""u8.ToArray()));

        await hub.UnderstandAsync();

        Assert.Equal(DeliveryOutcome.Ping, Assert.Single(await hub.ListAsync()).Outcome);
        Assert.Empty(await hub.RowsAsync(hub.Storage.Awards));
    }

    [Fact]
    public async Task JSON_that_does_not_fit_the_profile_is_accepted_and_waits_with_its_reason()
    {
        var hub = await WebhookHub.StartAsync();

        var receipt = await hub.ReceiveAsync("hub", SomeWebhook.Standard("""{"type":"completed"}"""u8.ToArray()));
        await hub.UnderstandAsync();

        Assert.IsType<Receipt.Accepted>(receipt);
        var record = Assert.Single(await hub.ListAsync());
        Assert.Equal(DeliveryOutcome.Unreadable, record.Outcome);
        Assert.Equal(new TextKey("Reason.missing", "activity.id"), Assert.Single(record.Decisions).Reason);
    }

    [Fact]
    public async Task A_source_that_was_removed_in_between_leaves_its_deliveries_waiting()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.ReceiveAsync("hub", SomeWebhook.Standard(WebhookHub.Completion()));

        await hub.UnderstandAsync(ActiveCity.WithoutSource("hub"));

        Assert.Equal(new TextKey("Reason.noSource", "hub"), Assert.Single(Assert.Single(await hub.ListAsync()).Decisions).Reason);
    }

    [Fact]
    public async Task The_log_lists_a_city_newest_first_and_no_further_than_asked()
    {
        var hub = await WebhookHub.StartAsync();
        foreach (var minute in new[] { 2, 0, 3, 1 })
        {
            var delivery = new RawDelivery(
                SampleCity.Plymouth,
                "hub",
                $"d{minute}",
                "b",
                "standard-webhooks",
                SomeCity.Now.AddMinutes(minute),
                null,
                new Dictionary<string, string>(),
                default);
            await hub.Log.RecordAsync(delivery, null, [], CancellationToken.None);
        }

        await hub.Log.RecordAsync(
            new RawDelivery(
                SampleCity.Brighton,
                "hub",
                "theirs",
                "b",
                "standard-webhooks",
                SomeCity.Now,
                null,
                new Dictionary<string, string>(),
                default),
            null,
            [],
            CancellationToken.None);

        Assert.Equal(["d3", "d2", "d1"], (await hub.ListAsync(3)).Select(r => r.Delivery));
    }

    [Fact]
    public async Task A_full_batch_of_long_reasons_fits_into_its_row()
    {
        var hub = await WebhookHub.StartAsync();
        var one = """{"type":"completed","occurredAt":"2026-11-20T10:00:00Z","activity":{"id":"X"},"learner":{"id":"1"}}""".Replace(
            "X", new string('\u0939', 500));
        await hub.ReceiveAsync(
            "hub", SomeWebhook.Standard(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(one, 100))}]"), "msg_100"));
        await hub.ReceiveAsync(
            "hub", SomeWebhook.Standard(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(one, 101))}]"), "msg_101"));

        await hub.UnderstandAsync();

        Assert.Equal([1, 100], (await hub.ListAsync()).Select(r => r.Decisions.Count).Order());
    }

    [Fact]
    public async Task Nothing_about_a_person_is_in_the_log_or_a_message()
    {
        var hub = await WebhookHub.StartAsync();
        var people = new[]
        {
            """{"email":"zelda@example.org","name":"Zelda","id":"zelda1"}""",
            """{"id":"zelda2","name":"Zelda"}""",
            """{"email":"zelda at home"}"""
        };
        foreach (var (learner, i) in people.Select((p, i) => (p, i)))
        {
            await hub.ReceiveAsync("hub", SomeWebhook.Standard(WebhookHub.Completion(learner), $"msg_{i}"));
        }

        var messages = await hub.UnderstandAsync();

        Assert.DoesNotContain(messages, m => m.Contains("zelda", StringComparison.OrdinalIgnoreCase));
        foreach (var row in await hub.RowsAsync(hub.Storage.Deliveries))
        {
            Assert.DoesNotContain(row, p => Text(p.Value).Contains("zelda", StringComparison.OrdinalIgnoreCase));
        }
    }

    private static string Text(object value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{value}";

    private static UnverifiedWebhook GitHubRun(string login)
    {
        var body = Encoding.UTF8.GetBytes($$$"""
            {"action":"completed","workflow_run":{"id":1,"name":"Graduate","conclusion":"success","updated_at":"2026-11-20T16:42:30Z",
             "html_url":"https://github.com/a/b/actions/runs/1","actor":{"login":"{{{login}}}"} } }
            """);
        return new UnverifiedWebhook(body, SomeWebhook.GitHubHeaders(body, "d-1"), "application/json", SomeCity.Now);
    }
}
