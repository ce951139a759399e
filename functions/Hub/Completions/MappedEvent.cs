using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.Hub.Completions;

/// <summary>What one event in a delivery turned out to be.</summary>
public abstract record MappedEvent
{
    private MappedEvent()
    {
    }

    /// <param name="LeftOut">What it holds and could not be used, by name; null if there is nothing.</param>
    public sealed record Completed(Completion Completion, string? LeftOut = null) : MappedEvent;

    /// <summary>The sender tries its connection. Shown, never issues.</summary>
    public sealed record Ping : MappedEvent;

    /// <summary>Something earlier no longer counts: a person looks at it.</summary>
    /// <param name="Completion">What it was; null if that cannot be read.</param>
    public sealed record Withdrawn(Completion? Completion) : MappedEvent;

    /// <param name="Reason">What the source's profile asked for.</param>
    public sealed record NotACompletion(TextKey Reason) : MappedEvent;

    /// <summary>It says that something was completed, but not in a way that can be used. The reason carries no personal data.</summary>
    public sealed record Unreadable(TextKey Reason) : MappedEvent;
}
