using CitiesOfLearning.App.Shared.Pages;

namespace CitiesOfLearning.App.Claims;

/// <summary>
/// <c>GET</c> and <c>POST /claim</c>: type the code and the word of a printed slip (form fields <c>code</c> and <c>word</c>).
/// </summary>
/// <param name="Code">What the learner typed, to correct.</param>
/// <param name="Word">The same.</param>
public sealed record ClaimCodeView(ClaimProblem Problem = ClaimProblem.None, string? Code = null, string? Word = null)
    : View<ClaimCodePage>;
