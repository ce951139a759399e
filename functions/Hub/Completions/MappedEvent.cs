namespace CitiesOfLearning.Hub.Completions;

/// <summary>What one event in a delivery turned out to be.</summary>
public abstract record MappedEvent
{
    private MappedEvent()
    {
    }

    public sealed record Completed(Completion Completion) : MappedEvent;

    /// <summary>The sender tries its connection. Shown, never issues.</summary>
    public sealed record Ping : MappedEvent;

    /// <summary>Something earlier is taken back: a person looks at it.</summary>
    public sealed record Withdrawn : MappedEvent;

    public sealed record NotForUs : MappedEvent;

    /// <summary>It says that something was completed, but not in a way that can be used. The reason carries no personal data.</summary>
    public sealed record Quarantined(string Reason) : MappedEvent;
}
