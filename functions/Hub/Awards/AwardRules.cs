using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>What the city's rules say of a completion: the first rule that matches decides.</summary>
public sealed class AwardRules
{
    // Compiled once for as long as a version of a city is active.
    private readonly ConditionalWeakTable<Rule, CompiledRule> _compiled = [];

    /// <param name="tier">How the sender proved the delivery.</param>
    public RuleOutcome Apply(City city, Source source, TrustTier tier, Completion completion)
    {
        var document = new JmesDocument(completion.ToJson());
        if (source.Rules.FirstOrDefault(r => Compiled(r).When.IsTrue(document)) is not { } rule)
        {
            return new RuleOutcome.NoBadge(Nearest(source, document, completion));
        }

        if (tier < rule.RequireTier)
        {
            return new RuleOutcome.NoBadge(new TextKey("Reason.tier", rule.Badge, Name(rule.RequireTier), Name(tier)));
        }

        if (city.Badges.GetValueOrDefault(rule.Badge) is not { } badge)
        {
            return new RuleOutcome.NoBadge(new TextKey("Reason.noSuchBadge", rule.Badge));
        }

        var day = city.DayOf(completion.OccurredAt);
        return badge.Awarders.Any(a => a.Provider == source.Provider && a.Covers(day))
            ? new RuleOutcome.Earned(badge, source.Provider, EvidenceFor(rule, completion, document))
            : new RuleOutcome.NoBadge(
                new TextKey("Reason.notAwarder", source.Provider, badge.Id, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    private IReadOnlyList<Evidence> EvidenceFor(Rule rule, Completion completion, JmesDocument document) =>
        Compiled(rule).Evidence is { } query ? EvidenceList.Read(query.Find(document), []) : completion.Evidence;

    // The rule of which most is true, and the first of its conditions that is not.
    private TextKey Nearest(Source source, JmesDocument document, Completion completion)
    {
        var nearest = source.Rules
            .Select(rule => (rule.Badge, Holds: Compiled(rule).Parts.Select(p => (p.Text, IsTrue: p.IsTrue(document))).ToList()))
            .OrderByDescending(rule => (double)rule.Holds.Count(p => p.IsTrue) / rule.Holds.Count)
            .FirstOrDefault();
        return nearest.Holds?.Any(p => p.IsTrue) == true
            ? new TextKey("Reason.nearest", nearest.Badge, TextKey.Short(nearest.Holds.First(p => !p.IsTrue).Text))
            : new TextKey("Reason.noRule", source.Id, TextKey.Short(completion.Activity.Id));
    }

    private CompiledRule Compiled(Rule rule) => _compiled.GetValue(rule, static r => new CompiledRule(r));

    private static string Name(TrustTier tier) => JsonNamingPolicy.CamelCase.ConvertName(tier.ToString());

    private sealed class CompiledRule(Rule rule)
    {
        public JmesQuery When { get; } = JmesQuery.Parse(rule.When);

        /// <summary>What must all be true.</summary>
        public IReadOnlyList<JmesQuery> Parts { get; } = JmesQuery.Conjuncts(rule.When);

        public JmesQuery? Evidence { get; } = rule.Evidence is null ? null : JmesQuery.Parse(rule.Evidence);
    }
}
