using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;

namespace CitiesOfLearning.App.Claims;

/// <summary><c>GET /claim/{token}</c> before it is claimed, and <c>POST</c> when the typed answer was not right.</summary>
/// <param name="Action">Where the form with <c>email</c> goes: <c>/claim/{token}</c>.</param>
/// <param name="Typed">What the learner typed, to correct.</param>
public sealed record ClaimView(
    City City, BadgeClassVersion Badge, Provider Provider, string Action, ClaimProblem Problem = ClaimProblem.None, string? Typed = null)
    : View<ClaimPage>
{
    internal override City? Owner => City;
}
