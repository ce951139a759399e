using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>What the city's rules say of one completion, whoever the learner is.</summary>
public abstract record RuleOutcome
{
    private RuleOutcome()
    {
    }

    /// <summary>It earns this badge.</summary>
    public sealed record Earned(BadgeClass Badge, string Provider, IReadOnlyList<Evidence> Evidence) : RuleOutcome;

    /// <summary>No badge, and why. No personal data.</summary>
    public sealed record NoBadge(TextKey Reason) : RuleOutcome;
}
