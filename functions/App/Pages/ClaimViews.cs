using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;

namespace CitiesOfLearning.App.Pages;

/// <summary>What was wrong with what the learner typed.</summary>
public enum ClaimProblem
{
    None,
    Missing,
    Wrong,
    TooManyTries,
}

/// <summary><c>GET /claim/{token}</c> before it is claimed, and <c>POST</c> when the typed answer was not right.</summary>
/// <param name="Action">Where the form with <c>email</c> goes: <c>/claim/{token}</c>.</param>
/// <param name="Typed">What the learner typed, to correct.</param>
public sealed record ClaimView(
    City City, PublishedVersion Badge, Provider Provider, string Action, ClaimProblem Problem = ClaimProblem.None, string? Typed = null)
    : View<ClaimPage>
{
    internal override City? Owner => City;
}

/// <summary>After claiming.</summary>
/// <param name="VisibilityAction">Where the form with <c>visibility</c> and <c>csrf</c> goes: <c>/badges/{awardId}</c>.</param>
public sealed record ClaimedView(
    City City, PublishedVersion Badge, Provider Provider, ClaimedDownloads Downloads, bool IsPublic, string ShareUrl, string VisibilityAction, string Csrf)
    : View<ClaimedPage>
{
    internal override City? Owner => City;
}

/// <summary>The addresses of the badge's forms. <paramref name="Svg"/> only if the art is SVG.</summary>
/// <param name="LeftOut">The JSON form without evidence and results, where there are any to leave out.</param>
public sealed record ClaimedDownloads(string Png, string? Svg, string Json, string? LeftOut, string Jwt);

/// <summary>The token is unknown, used up or expired: all look the same.</summary>
public sealed record ClaimUnavailableView : View<ClaimUnavailablePage>;

/// <summary><c>GET</c> and <c>POST /claim</c>: type the code and the word of a printed slip (form fields <c>code</c> and <c>word</c>).</summary>
/// <param name="Code">What the learner typed, to correct.</param>
/// <param name="Word">The same.</param>
public sealed record ClaimCodeView(ClaimProblem Problem = ClaimProblem.None, string? Code = null, string? Word = null) : View<ClaimCodePage>;
