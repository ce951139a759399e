using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Faults;

/// <summary>What happens to one request to storage.</summary>
public enum FaultKind
{
    /// <summary>The connection is closed before storage hears of it.</summary>
    Fails,

    /// <summary>Storage does it, and the connection is closed instead of an answer.</summary>
    FailsAfterCommit,

    /// <summary>Nobody answers, until the client gives up.</summary>
    Hangs,

    /// <summary>The worker dies before storage hears of it.</summary>
    Kills,

    /// <summary>Storage does it, and the worker dies before it knows.</summary>
    KillsAfterCommit,
}

/// <param name="Call">Which request of the badge's way, from 1.</param>
internal readonly record struct InjectedFault(int Call, FaultKind Kind)
{
    public bool Kills => Kind is FaultKind.Kills or FaultKind.KillsAfterCommit;

    public CallFate Fate => Kind switch
    {
        FaultKind.Fails => CallFate.Failed,
        FaultKind.FailsAfterCommit => CallFate.AnswerLost,
        FaultKind.KillsAfterCommit => CallFate.AnswerWithheld,
        _ => CallFate.Ignored,
    };

    public override string ToString() => $"{Kind} at {Call}";
}

/// <summary>What became of one badge.</summary>
/// <param name="Calls">The requests to storage of its way, faults and all.</param>
/// <param name="Met">The faults that were met, each with the request that met it.</param>
/// <param name="Copies">How often its message came, each time with the same id.</param>
/// <param name="Problem">What should not be; null if all is well.</param>
internal sealed record FaultOutcome(IReadOnlyList<StorageCall> Calls, IReadOnlyList<string> Met, int Copies, string? Problem);
