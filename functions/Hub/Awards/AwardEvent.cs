using CitiesOfLearning.Hub.Storage;

namespace CitiesOfLearning.Hub.Awards;

/// <summary>Who changed an award.</summary>
public enum AwardActor
{
    /// <summary>The hub itself, as the city's rules say.</summary>
    Hub,
    Learner,
    Steward,
}

/// <summary>One line of an award's history.</summary>
/// <param name="Reason">A steward's words, if there are any.</param>
public sealed record AwardEvent(AwardEventKind What, DateTimeOffset At, AwardActor By, string? Reason = null);
