using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.App.Verify;

/// <summary>Why what was sent to <c>/verify</c> could not be read as a badge, for <see cref="VerifyView"/>.</summary>
public static class VerifyProblem
{
    public static TextKey Nothing { get; } = new("Verify.problem.nothing");

    /// <summary>A picture without a badge inside.</summary>
    public static TextKey NoBadge { get; } = new("Verify.problem.noBadge");
}
