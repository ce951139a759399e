using System.Globalization;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Tests.Webhooks;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Awards;

public sealed class AwardRulesTests
{
    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        var decision = Decide(
            [
                Rule("activity.id == 'y'", "code-club-graduate"),
                Rule("score >= `0.5`", "tide-pool-surveyor"),
                Rule("activity.id == 'x'", "python-beginner"),
            ]);

        Assert.Equal("tide-pool-surveyor", Assert.IsType<RuleOutcome.Earned>(decision).Badge.Id);
    }

    [Fact]
    public void A_match_whose_proof_is_too_weak_does_not_fall_through_to_the_next_rule()
    {
        var decision = Decide(
            [Rule("activity.id == 'x'", "python-beginner") with { RequireTier = TrustTier.Signed }, Rule("`true`", "tide-pool-surveyor")],
            TrustTier.Token);

        Assert.Equal(NoBadge("Reason.tier", "python-beginner", "signed", "token"), decision);
    }

    [Fact]
    public void A_provider_awards_what_the_city_lets_it_while_it_lets_it()
    {
        var (from, until) = (new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 20));
        Rule[] rules = [Rule("`true`", "python-beginner")];

        Assert.IsType<RuleOutcome.Earned>(
            Decide(rules, awarders: [new Awarder("other", null, null), new Awarder("college", from, until)]));
        Assert.Equal(
            NoBadge("Reason.notAwarder", "college", "python-beginner", "2026-11-20"),
            Decide(rules, awarders: [new Awarder("other", null, null), new Awarder("college", from.AddDays(1), null)]));
    }

    [Fact]
    public void Without_a_rule_that_matches_the_nearest_is_named_with_what_was_missing()
    {
        Assert.Equal(NoBadge("Reason.noRule", "s", "x"), Decide([Rule("activity.id == 'y'", "python-beginner")]));
        Assert.Equal(NoBadge("Reason.noRule", "s", "x"), Decide([]));
        Assert.Equal(
            NoBadge("Reason.nearest", "python-beginner", "score >= `0.95`"),
            Decide(
                [
                    Rule("activity.id == 'y' && score >= `0.5`", "tide-pool-surveyor"),
                    Rule("activity.id == 'x' && kind == 'completed' && score >= `0.95`", "python-beginner"),
                ]));
    }

    [Theory]
    [InlineData("a && b", "a", "b")]
    [InlineData("a.\"x && y\" && b == 'c && d' && e == `\"&&\"`", "a.\"x && y\"", "b == 'c && d'", "e == `\"&&\"`")]
    [InlineData("(a && b) && c", "(a && b)", "c")]
    [InlineData("a && b || c", "a && b || c")]
    [InlineData("a && b | c", "a && b | c")]
    [InlineData("a[?b && c] && d", "a[?b && c]", "d")]
    [InlineData("a == 'it\\'s' && b", "a == 'it\\'s'", "b")]
    public void A_rules_conditions_are_what_it_joins_at_its_top(string rule, params string[] conditions)
    {
        Assert.Equal(conditions, JmesQuery.Conjuncts(rule).Select(q => q.Text));
    }

    [Fact]
    public void A_badge_that_the_city_does_not_have_is_no_badge()
    {
        Assert.Equal(NoBadge("Reason.noSuchBadge", "gone"), Decide([Rule("`true`", "gone")]));
    }

    [Fact]
    public void A_rule_may_choose_the_evidence()
    {
        var rule = Rule("`true`", "python-beginner") with { Evidence = "evidence[?description == 'keep']" };

        var award = Assert.IsType<RuleOutcome.Earned>(Decide([rule]));

        Assert.Equal([new Evidence("https://example.org/2", "keep")], award.Evidence);
        Assert.Equal(2, Assert.IsType<RuleOutcome.Earned>(Decide([Rule("`true`", "python-beginner")])).Evidence.Count);
    }

    [Theory]
    [InlineData("Europe/London", "2026-06-30T23:30:00Z", "2026-07-01")]
    [InlineData("Europe/London", "2026-12-31T23:30:00Z", "2026-12-31")]
    [InlineData("America/St_Johns", "2026-12-31T02:00:00Z", "2026-12-30")]
    public void A_day_is_the_citys(string zone, string at, string day)
    {
        var city = SomeCity.Plymouth() with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) };

        Assert.Equal(DateOnly.Parse(day, CultureInfo.InvariantCulture), city.DayOf(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)));
    }

    private static RuleOutcome NoBadge(string key, params string[] arguments) => new RuleOutcome.NoBadge(new TextKey(key, arguments));

    private static Rule Rule(string when, string badge) => new(when, badge, null, TrustTier.Token);

    private static RuleOutcome Decide(Rule[] rules, TrustTier tier = TrustTier.Token, Awarder[]? awarders = null)
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
        return new AwardRules().Apply(city, source, tier, completion);
    }
}
