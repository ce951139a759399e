using System.Text;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Webhooks;
using CitiesOfLearning.Hub.Webhooks;

namespace CitiesOfLearning.Hub.Tests.Awards;

public sealed class DeliveryHandlerTests
{
    [Fact]
    public async Task A_completion_becomes_an_award_and_a_line_in_the_log()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.ReceiveAsync(SomeCity.Hub(), SomeWebhook.Standard(WebhookHub.Completion()));

        await hub.UnderstandAsync(SomeCity.Plymouth());

        var record = Assert.Single(await hub.ListAsync());
        Assert.Equal(DeliveryOutcome.Awarded, record.Outcome);
        Assert.Equal(SomeCity.Now, record.ReceivedAt);
        var decision = Assert.Single(record.Decisions);
        Assert.Equal("tide-pool-surveyor", decision.Badge);
        Assert.Equal(decision.AwardId, Assert.Single(await hub.RowsAsync(hub.Storage.Awards)).RowKey);
        Assert.Equal(1, await hub.MessagesAsync(hub.Storage.AwardMessages));
    }

    [Fact]
    public async Task The_same_delivery_however_often_is_one_row_and_one_award()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.ReceiveAsync(SomeCity.Hub(), SomeWebhook.Standard(WebhookHub.Completion()));
        await hub.ReceiveAsync(SomeCity.Hub(), SomeWebhook.Standard(WebhookHub.Completion()));

        var messages = await hub.UnderstandAsync(SomeCity.Plymouth());
        await Task.WhenAll(messages.Select(m => hub
            .Handler()
            .HandleAsync(DeliveryMessage.Read(m), SomeCity.Plymouth(), CancellationToken.None)));

        var record = Assert.Single(await hub.ListAsync());
        Assert.Equal(4, record.Attempts);
        Assert.Single(await hub.RowsAsync(hub.Storage.Awards));
        Assert.Equal(2, (await hub.RowsAsync(hub.Storage.Deliveries)).Count); // the row, and the pointer that lists it
    }

    [Fact]
    public async Task Another_body_under_a_used_delivery_id_awards_nothing()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.ReceiveAsync(SomeCity.CodeClub(), GitHubRun("octo-ada"));
        await hub.UnderstandAsync(SomeCity.Plymouth());

        var nextDay = new UnverifiedWebhook(
            GitHubRun("octo-gethin").Body,
            SomeWebhook.GitHubHeaders(GitHubRun("octo-gethin").Body.ToArray(), "d-1"),
            "application/json",
            SomeCity.Now.AddDays(1));
        await hub.ReceiveAsync(SomeCity.CodeClub(), nextDay);
        await hub.UnderstandAsync(SomeCity.Plymouth());

        Assert.Equal(2, (await hub.BlobsAsync()).Count);
        Assert.Equal(2, Assert.Single(await hub.ListAsync()).Attempts);
        Assert.Single(await hub.RowsAsync(hub.Storage.Awards));
    }

    [Fact]
    public async Task What_the_rules_did_not_know_is_mapped_again_when_they_do()
    {
        var hub = await WebhookHub.StartAsync();
        var before = SomeCity.Plymouth(SomeCity.Hub(new RosterEntry("1", "a@example.org", null, null)));
        await hub.ReceiveAsync(before.Sources["hub"], SomeWebhook.Standard(WebhookHub.Completion("""{"id":"2"}""")));
        await hub.UnderstandAsync(before);
        var waiting = Assert.Single(await hub.ListAsync());

        var after = SomeCity.Plymouth(SomeCity.Hub(new RosterEntry("2", "b@example.org", null, null)));
        var found = await hub.Handler().MapAgainAsync(after, "plymouth", "hub", waiting.Delivery, CancellationToken.None);
        var again = await hub.Handler().MapAgainAsync(after, "plymouth", "hub", waiting.Delivery, CancellationToken.None);

        Assert.Equal(DeliveryOutcome.UnknownLearner, waiting.Outcome);
        Assert.True(found && again);
        Assert.Equal(DeliveryOutcome.Awarded, Assert.Single(await hub.ListAsync()).Outcome);
        Assert.Single(await hub.RowsAsync(hub.Storage.Awards));
    }

    [Fact]
    public async Task A_delivery_nobody_sent_cannot_be_mapped_again()
    {
        var hub = await WebhookHub.StartAsync();

        Assert.False(await hub
            .Handler()
            .MapAgainAsync(SomeCity.Plymouth(), "plymouth", "hub", new string('0', 64), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            hub
                .Handler()
                .HandleAsync(
                    new DeliveryMessage("plymouth", "hub", "d", "plymouth/hub/2026/11/23/d"), SomeCity.Plymouth(), CancellationToken.None));
    }

    [Fact]
    public async Task A_ping_is_shown_and_issues_nothing()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.ReceiveAsync(SomeCity.Hub(), SomeWebhook.Standard("""{"type":"ping"}"""u8.ToArray()));

        await hub.UnderstandAsync(SomeCity.Plymouth());

        Assert.Equal(DeliveryOutcome.Ping, Assert.Single(await hub.ListAsync()).Outcome);
        Assert.Empty(await hub.RowsAsync(hub.Storage.Awards));
    }

    [Fact]
    public async Task JSON_that_does_not_fit_the_profile_is_accepted_and_waits_with_its_reason()
    {
        var hub = await WebhookHub.StartAsync();

        var receipt = await hub.ReceiveAsync(SomeCity.Hub(), SomeWebhook.Standard("""{"type":"completed"}"""u8.ToArray()));
        await hub.UnderstandAsync(SomeCity.Plymouth());

        Assert.IsType<Receipt.Accepted>(receipt);
        var record = Assert.Single(await hub.ListAsync());
        Assert.Equal(DeliveryOutcome.Quarantined, record.Outcome);
        Assert.Equal("the activity's id is missing", Assert.Single(record.Decisions).Reason);
    }

    [Fact]
    public async Task A_source_that_was_removed_in_between_leaves_its_deliveries_waiting()
    {
        var hub = await WebhookHub.StartAsync();
        await hub.ReceiveAsync(SomeCity.Hub(), SomeWebhook.Standard(WebhookHub.Completion()));

        await hub.UnderstandAsync(SomeCity.Plymouth(SomeCity.Moodle()));

        Assert.Equal("the city no longer has this source", Assert.Single(Assert.Single(await hub.ListAsync()).Decisions).Reason);
    }

    [Fact]
    public async Task The_log_lists_a_city_newest_first_and_no_further_than_asked()
    {
        var hub = await WebhookHub.StartAsync();
        foreach (var minute in new[] { 2, 0, 3, 1 })
        {
            var delivery = new RawDelivery(
                "plymouth",
                "hub",
                $"d{minute}",
                "b",
                "standard-webhooks",
                SomeCity.Now.AddMinutes(minute),
                null,
                new Dictionary<string, string>(),
                default);
            await hub.Log.RecordAsync(delivery, [], CancellationToken.None);
        }

        await hub.Log.RecordAsync(
            new RawDelivery(
                "brighton", "hub", "theirs", "b", "standard-webhooks", SomeCity.Now, null, new Dictionary<string, string>(), default),
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
            SomeCity.Hub(), SomeWebhook.Standard(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(one, 100))}]"), "msg_100"));
        await hub.ReceiveAsync(
            SomeCity.Hub(), SomeWebhook.Standard(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(one, 101))}]"), "msg_101"));

        await hub.UnderstandAsync(SomeCity.Plymouth());

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
            await hub.ReceiveAsync(SomeCity.Hub(), SomeWebhook.Standard(WebhookHub.Completion(learner), $"msg_{i}"));
        }

        var messages = await hub.UnderstandAsync(SomeCity.Plymouth());

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
