using CitiesOfLearning.App.Shared.Pages;

namespace CitiesOfLearning.App.Verify;

/// <summary>Why what was sent to <c>/verify</c> could not be read as a badge, for <see cref="VerifyView"/>.</summary>
public static class VerifyProblem
{
    public static Sentence Nothing { get; } = new("Verify.problem.nothing");

    public static Sentence TooLarge { get; } = new("Verify.problem.tooLarge");

    public static Sentence Unreadable { get; } = new("Verify.problem.unreadable");

    /// <summary>A picture without a badge inside.</summary>
    public static Sentence NoBadge { get; } = new("Verify.problem.noBadge");

    /// <summary>A link to nothing, or to a badge that is private: both look the same.</summary>
    public static Sentence Url { get; } = new("Verify.problem.url");
}
