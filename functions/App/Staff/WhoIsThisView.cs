using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Texts;

namespace CitiesOfLearning.App.Staff;

/// <summary>
/// <c>GET /manage/{city}/who/{source}/{question}</c>; its forms post <c>answer</c> there, with what it needs.
/// </summary>
/// <param name="Found">Who was found by the address or account that was typed; null: nobody looked.</param>
/// <param name="Learner">Whom the answer names.</param>
/// <param name="WasLate">Somebody else had answered.</param>
public sealed record WhoIsThisView(
    City City,
    Question Question,
    IReadOnlyList<Learner>? Found = null,
    Learner? Learner = null,
    bool WasLate = false,
    WhoProblem? Problem = null) : View<WhoIsThisPage>
{
    internal override City? Owner => City;
}

/// <summary>Why an answer could not be taken.</summary>
/// <param name="Field">The id of the field that it is about.</param>
public sealed record WhoProblem(string Field, TextKey Text, string? Typed = null);
