using CitiesOfLearning.DevHost.Mail;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>Nothing else runs meanwhile: the hub, its storage and 16 senders keep a small machine busy.</summary>
[CollectionDefinition(nameof(ChaosJourneyTests), DisableParallelization = true)]
[Collection(nameof(ChaosJourneyTests))]
public sealed class ChaosJourneyTests(ITestOutputHelper output) : IDisposable
{
    // A queue's batch and its threshold (host.json): how many messages of one queue the hub has in hand at once.
    private const int InHand = 16 + 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _cities = Directory.CreateTempSubdirectory("journey-cities-").FullName;

    [Fact]
    public async Task Every_completion_becomes_one_award_and_one_message_though_messages_repeat_and_workers_and_hub_are_killed()
    {
        await using var hub = await HubProcess.StartAsync(
            ("Local__CitiesFolder", ManyCompletions.WriteCities(_cities)), ("Local__MessageLease", "00:00:10"));
        var state = new KeptState(hub);

        // Chaos, which kills a worker now and then, and Ctrl-C while it receives.
        var senders = new Senders(hub);
        var sending = senders.SendAsync(ManyCompletions.Deliveries(0));
        await StopAsync(hub, "INT", () => senders.Acknowledged >= ManyCompletions.InWave / 2);
        await sending;
        await UntilNotifiedAsync(hub, state, ManyCompletions.InWave);
        Say("The first wave is done.");

        // Killed once and stopped once while it receives, and killed when half of the messages are out.
        senders = new Senders(hub);
        sending = senders.SendAsync(ManyCompletions.Deliveries(1));
        await KillAsync(hub, () => senders.Acknowledged >= ManyCompletions.InWave / 4);
        await StopAsync(hub, "TERM", () => senders.Acknowledged >= ManyCompletions.InWave * 3 / 4);
        await sending;
        await KillAsync(hub, () => hub.MessagesInMailbox >= ManyCompletions.InWave * 3 / 2);
        await UntilNotifiedAsync(hub, state, ManyCompletions.InWave * 2);
        Say("The second wave is done.");

        // What waits is looked at once more, and must do nothing.
        await Wait.UntilAsync(state.IsAtRestAsync, Patience, () => "The queues did not become empty.");
        Say("The queues are empty.");

        var workers = hub.Log.Count(line => line.Contains("another takes its place", StringComparison.Ordinal));
        Assert.True(workers > 2, $"Chaos has killed {workers} workers.");
        await AssertExactAsync(hub, state, kills: 2 + workers);
        AssertLogNamesNobody(hub, await hub.MailboxAsync());
        Assert.Equal(0, await hub.StopAsync());
    }

    public void Dispose() => Directory.Delete(_cities, recursive: true);

    private static async Task AssertExactAsync(HubProcess hub, KeptState state, int kills)
    {
        var (first, second) = (ManyCompletions.Wave(0), ManyCompletions.Wave(1));
        var expected = first.Concat(second).ToDictionary(f => f.AwardId(hub.Ids));
        var awards = await state.AwardsAsync();
        Assert.Equal(expected.Keys.Order(), awards.Select(a => a.PartitionKey).Order());
        Assert.All(
            awards,
            award => Assert.Equal(
                (expected[award.PartitionKey].Badge, "Notified", null),
                (award.GetString("Badge"), award.GetString("State"), award.GetDateTimeOffset("MailingSince"))));
        Assert.All(awards, award => Assert.Equal(3, award.GetInt32("Events")));
        Assert.Equal(3 * awards.Count, await state.HistoryLinesAsync());

        // Each award has one entry of the status list, and nobody else has it; a kill may leave entries that nobody uses.
        var entries = await state.StatusEntriesAsync();
        var entryOf = entries.ToDictionary(e => (e.PartitionKey, e.RowKey), e => e.GetString("Award"));
        Assert.All(
            awards,
            award => Assert.Equal(
                award.PartitionKey, entryOf[($"plymouth|{award.GetInt32("StatusList")}", $"{award.GetInt32("StatusIndex"):D6}")]));
        Assert.InRange(entries.Count, awards.Count, awards.Count + (kills * InHand));

        Assert.Equal(
            expected.Keys.Select(id => $"{id}/badge.png").Order(StringComparer.Ordinal),
            (await state.BadgeFilesAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Keys.Order(), (await state.SignedAsync()).Order());
        // Some completions were sent twice, as two deliveries: one of them earned the badge, the other found it held.
        var outcomes = (await state.DeliveriesAsync()).CountBy(delivery => delivery.GetString("Outcome")).ToDictionary();
        Assert.Equal(["AlreadyHeld", "Awarded"], outcomes.Keys.Order());
        Assert.Equal(expected.Count, outcomes["Awarded"]);
        Assert.Equal(0, await state.PoisonedAsync());

        // One message in the mailbox for each award, each with a link of its own. One that was on its way when the hub or its worker was
        // killed may have been sent again with the same Message-ID.
        var mailbox = await hub.MailboxAsync();
        Assert.Equal(expected.Values
            .Select(f => f.Learner.Email)
            .Order(StringComparer.Ordinal), mailbox.Select(m => m.To).Order(StringComparer.Ordinal));
        Assert.Equal(mailbox.Count, mailbox.Select(HubCalls.ClaimToken).Distinct().Count());
        Assert.InRange(mailbox.Sum(m => m.Copies - 1), 0, kills * InHand);

        foreach (var award in awards.Where((_, index) => index % (awards.Count / 20) == 0))
        {
            Assert.Equal("yes yes yes", await hub.VerifyAsync(await state.PngAsync(award.PartitionKey), "image/png"));
        }
    }

    /// <summary>Row 28 of the security table: ids only. Also no claim token, which would let whoever reads the log claim.</summary>
    private static void AssertLogNamesNobody(HubProcess hub, IEnumerable<ReceivedMail> mailbox)
    {
        var log = string.Join('\n', hub.Log);
        Assert.Contains("Notified", log);
        Assert.All(ManyCompletions.Personal, text => Assert.DoesNotContain(text, log, StringComparison.OrdinalIgnoreCase));
        Assert.All(mailbox, mail => Assert.DoesNotContain(mail.ClaimToken(), log, StringComparison.Ordinal));
    }

    private static async Task KillAsync(HubProcess hub, Func<bool> when)
    {
        await Wait.UntilAsync(when, Patience, () => "The moment for SIGKILL did not come.");
        await hub.KillAsync();
        await hub.StartAgainAsync();
    }

    private static async Task StopAsync(HubProcess hub, string signal, Func<bool> when)
    {
        await Wait.UntilAsync(when, Patience, () => $"The moment for SIG{signal} did not come.");
        Assert.Equal(0, await hub.StopAsync(signal));
        await hub.StartAgainAsync();
    }

    private static async Task UntilNotifiedAsync(HubProcess hub, KeptState state, int count)
    {
        await Wait.UntilAsync(
            () => hub.MessagesInMailbox >= count, Patience, () => $"Only {hub.MessagesInMailbox} of {count} messages came.");
        await Wait.UntilAsync(() => state.IsNotifiedAsync(count), Patience, () => "Not every award knows that its message was sent.");
    }

    private void Say(string what) => output.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {what}");
}
