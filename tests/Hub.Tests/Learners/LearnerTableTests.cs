using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Tests.Awards;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Learners;

/// <summary>Security rows 12 (no address hash in public) and 28 (no personal data where it does not belong).</summary>
public sealed class LearnerTableTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_whole_journey_nothing_but_the_senders_own_bytes_says_who_it_was()
    {
        await using var hub = await HubUnderTest.StartAsync();
        hub.Mail.Answers.Enqueue(new MailAnswer.Status(429, "60"));
        await hub.DeliverAsync("zebedee.quill@example.org", "Zebedee Quill");
        await hub.PumpAsync();
        var token = hub.TokenFor("zebedee.quill@example.org");
        await hub.Get<ClaimService>().ClaimByLinkAsync(token, "nobody.else@example.org", Cancel);
        Assert.IsType<ClaimResult.Claimed>(await hub.Get<ClaimService>().ClaimByLinkAsync(token, "zebedee.quill@example.org", Cancel));
        await hub
            .Get<CitiesOfLearning.Hub.Status.Stewardship>()
            .SuspendAsync(SampleCity.Plymouth, hub.AwardIdOf("zebedee.quill@example.org"), "a question", Cancel);

        // Container inbox holds what the sender sent, byte for byte, for 30 days; nothing else may.
        var told = (await Everything.InAsync(hub.Account))
            .Where(t => t.Holds("zebedee") || t.Holds("quill") || t.Holds("nobody.else"))
            .Select(t => t.Place);

        Assert.All(told, place => Assert.StartsWith("inbox/", place, StringComparison.Ordinal));
        Assert.NotEmpty(told);
        var learner = await hub
            .Get<LearnerTable>()
            .FindAsync(hub.Get<HubIds>().LearnerId(SampleCity.Plymouth, "zebedee.quill@example.org"), Cancel);
        Assert.Equal(("zebedee.quill@example.org", "Zebedee Quill", "en"), (learner!.Address, learner.Name, learner.Language));
    }

    [Fact]
    public async Task What_is_public_names_no_learner_even_by_a_hash()
    {
        await using var hub = await HubUnderTest.StartAsync();
        await hub.IssueAsync("ada@example.org");
        var key = hub.Get<HubIds>().LearnerId(SampleCity.Plymouth, "ada@example.org");

        var told = (await Everything.InAsync(hub.Account)).Where(t => t.Holds(key)).Select(t => t.Place.Split('/')[0]).Distinct();

        Assert.Equal(["Awards", "Identifiers", "Learners"], told.Order());
    }

    [Fact]
    public async Task What_is_kept_last_counts_and_anything_may_be_missing()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var learners = hub.Get<LearnerTable>();
        var (at, later, award) = (SomeAward.At, SomeAward.At.AddDays(1), SomeAward.Facts.Id);

        await learners.KeepAsync(SampleCity.Plymouth, new Learner("K", "ada@example.org", "Ada", "en", at), isNews: true, award, Cancel);
        await learners.KeepAsync(SampleCity.Plymouth, new Learner("K", null, null, "cy", later), isNews: true, award, Cancel);
        await learners.KeepAsync(
            SampleCity.Plymouth, new Learner("K", "no@example.org", "No", "en", later), isNews: false, award, Cancel);

        Assert.Equal(new Learner("K", null, null, "cy", later), await learners.FindAsync("K", Cancel));
        Assert.Null(await learners.FindAsync("other", Cancel));
    }
}
