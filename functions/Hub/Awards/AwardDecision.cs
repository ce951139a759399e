using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>What the city's rules say of one completion.</summary>
public abstract record AwardDecision
{
    private AwardDecision()
    {
    }

    /// <summary>The learner earned this badge.</summary>
    public sealed record Award(
        AwardId AwardId,
        string Badge,
        int BadgeVersion,
        string Provider,
        Learner Learner,
        Completion Completion,
        IReadOnlyList<Evidence> Evidence)
        : AwardDecision;

    /// <summary>No badge, and why, in words a steward can act on. No personal data.</summary>
    public sealed record NoBadge(string Reason) : AwardDecision;

    /// <summary>The hub does not know who this is: waits in the "who is this?" list.</summary>
    public sealed record UnknownLearner(string Reason) : AwardDecision;
}
