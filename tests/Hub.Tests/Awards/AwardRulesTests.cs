using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Tests.Webhooks;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Awards;

public sealed class AwardRulesTests
{
    private static readonly LearnerResolution Ada = new LearnerResolution.Known(new Learner("key", "ada@example.org", "Ada", "en"));

    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        var decision = Decide(
            [
                Rule("activity.id == 'y'", "code-club-graduate"),
                Rule("score >= `0.5`", "tide-pool-surveyor"),
                Rule("activity.id == 'x'", "python-beginner"),
            ]);

        Assert.Equal("tide-pool-surveyor", Assert.IsType<AwardDecision.Award>(decision).Badge);
    }

    [Fact]
    public void A_match_whose_proof_is_too_weak_does_not_fall_through_to_the_next_rule()
    {
        var decision = Decide(
            [Rule("activity.id == 'x'", "python-beginner") with { RequireTier = TrustTier.Signed }, Rule("`true`", "tide-pool-surveyor")],
            TrustTier.Token);

        Assert.Equal(
            new AwardDecision.NoBadge("badge \"python-beginner\" asks for proof \"signed\"; the delivery has \"token\""), decision);
    }

    [Fact]
    public void A_provider_awards_what_the_city_lets_it_while_it_lets_it()
    {
        var (from, until) = (new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 20));
        Rule[] rules = [Rule("`true`", "python-beginner")];

        Assert.IsType<AwardDecision.Award>(
            Decide(rules, awarders: [new Awarder("other", null, null), new Awarder("college", from, until)]));
        Assert.Equal(
            new AwardDecision.NoBadge("provider \"college\" may not award badge \"python-beginner\" for 2026-11-20"),
            Decide(rules, awarders: [new Awarder("other", null, null), new Awarder("college", from.AddDays(1), null)]));
    }

    [Fact]
    public void Without_a_rule_there_is_no_badge_whoever_it_was()
    {
        var decision = Decide([Rule("activity.id == 'y'", "python-beginner")], who: new LearnerResolution.Unknown("nobody knows"));

        Assert.Equal(new AwardDecision.NoBadge("no rule of source \"s\" matches activity \"x\""), decision);
    }

    [Fact]
    public void A_badge_that_the_city_does_not_have_is_no_badge()
    {
        Assert.Equal(new AwardDecision.NoBadge("the city has no badge \"gone\""), Decide([Rule("`true`", "gone")]));
    }

    [Fact]
    public void Somebody_unknown_who_earned_it_waits()
    {
        var decision = Decide([Rule("`true`", "python-beginner")], who: new LearnerResolution.Unknown("nobody knows"));

        Assert.Equal(new AwardDecision.UnknownLearner("nobody knows"), decision);
    }

    [Fact]
    public void A_rule_may_choose_the_evidence()
    {
        var rule = Rule("`true`", "python-beginner") with { Evidence = "evidence[?description == 'keep']" };

        var award = Assert.IsType<AwardDecision.Award>(Decide([rule]));

        Assert.Equal([new Evidence("https://example.org/2", "keep")], award.Evidence);
        Assert.Equal(2, Assert.IsType<AwardDecision.Award>(Decide([Rule("`true`", "python-beginner")])).Evidence.Count);
    }

    [Fact]
    public void The_same_completion_is_always_the_same_award()
    {
        Rule[] rules = [Rule("`true`", "python-beginner")];

        Assert.Equal(Assert.IsType<AwardDecision.Award>(Decide(rules)).AwardId, Assert.IsType<AwardDecision.Award>(Decide(rules)).AwardId);
    }

    private static Rule Rule(string when, string badge) => new(when, badge, null, TrustTier.Token);

    private static AwardDecision Decide(
        Rule[] rules, TrustTier tier = TrustTier.Token, Awarder[]? awarders = null, LearnerResolution? who = null)
    {
        var source = SomeCity.Source("s", "standard-webhooks", rules);
        var city = SomeCity.Plymouth(source);
        city = city with
        {
            Badges = city.Badges.Values.ToDictionary(b => b.Id, b => awarders is null ? b : b with { Awarders = awarders })
        };
        var completion = new Completion(
            SampleCity.Plymouth,
            "s",
            "completed",
            new CompletedActivity("x", null),
            new ReportedLearner("1", null, null, null),
            new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero),
            [new Evidence("https://example.org/1", "drop"), new Evidence("https://example.org/2", "keep")],
            0.9);
        return new AwardRules(WebhookHub.Ids).Decide(city, source, tier, completion, who ?? Ada);
    }
}
