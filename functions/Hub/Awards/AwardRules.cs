using System.Runtime.CompilerServices;
using System.Text.Json;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Senders;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>What the city's rules say of a completion: the first rule that matches decides.</summary>
public sealed class AwardRules(HubIds ids)
{
    // Compiled once for as long as a version of a city is active.
    private readonly ConditionalWeakTable<Rule, CompiledRule> _compiled = [];

    /// <param name="tier">How the sender proved the delivery.</param>
    public AwardDecision Decide(City city, Source source, TrustTier tier, Completion completion, LearnerResolution who)
    {
        var document = new JmesDocument(completion.ToJson());
        if (source.Rules.FirstOrDefault(r => Compiled(r).When.IsTrue(document)) is not { } rule)
        {
            return new AwardDecision.NoBadge($"no rule of source \"{source.Id}\" matches activity \"{Short(completion.Activity.Id)}\"");
        }

        if (tier < rule.RequireTier)
        {
            return new AwardDecision.NoBadge(
                $"badge \"{rule.Badge}\" asks for proof \"{Name(rule.RequireTier)}\"; the delivery has \"{Name(tier)}\"");
        }

        if (city.Badges.GetValueOrDefault(rule.Badge) is not { } badge)
        {
            return new AwardDecision.NoBadge($"the city has no badge \"{rule.Badge}\"");
        }

        var day = DateOnly.FromDateTime(completion.OccurredAt.UtcDateTime);
        if (!badge.Awarders.Any(a => a.Provider == source.Provider && a.Covers(day)))
        {
            return new AwardDecision.NoBadge($"provider \"{source.Provider}\" may not award badge \"{badge.Id}\" for {day:yyyy-MM-dd}");
        }

        return who switch
        {
            LearnerResolution.Known { Learner: var learner } => new AwardDecision.Award(
                ids.AwardId(city.Id, badge.Id, learner.Key),
                badge.Id,
                badge.Version,
                source.Provider,
                learner,
                completion,
                EvidenceFor(rule, completion, document)),
            LearnerResolution.Unknown { Reason: var reason } => new AwardDecision.UnknownLearner(reason),
            _ => throw new InvalidOperationException("A learner is either known or unknown."),
        };
    }

    private IReadOnlyList<Evidence> EvidenceFor(Rule rule, Completion completion, JmesDocument document) =>
        Compiled(rule).Evidence is { } query ? EvidenceList.Read(query.Find(document)) ?? [] : completion.Evidence;

    private CompiledRule Compiled(Rule rule) => _compiled.GetValue(rule, static r => new CompiledRule(r));

    private static string Name(TrustTier tier) => JsonNamingPolicy.CamelCase.ConvertName(tier.ToString());

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private sealed class CompiledRule(Rule rule)
    {
        public JmesQuery When { get; } = JmesQuery.Parse(rule.When);

        public JmesQuery? Evidence { get; } = rule.Evidence is null ? null : JmesQuery.Parse(rule.Evidence);
    }
}
