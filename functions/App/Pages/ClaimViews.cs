using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.App.Pages;

/// <summary>The step that only a person can take before a badge is claimed.</summary>
public enum HumanStep
{
    /// <summary>Type the address that the message was sent to: form field <c>email</c>.</summary>
    Address,

    /// <summary>Type the word printed on the slip: form field <c>word</c>.</summary>
    Word,
}

/// <summary>What was wrong with what the learner typed.</summary>
public enum ClaimProblem
{
    None,
    Missing,
    Wrong,
    TooManyTries,
}

/// <summary><c>GET /claim/{token}</c> before it is claimed, and <c>POST</c> when the typed answer was not right.</summary>
/// <param name="Action">Where the form goes: <c>/claim/{token}</c>.</param>
/// <param name="Typed">What the learner typed, to correct.</param>
public sealed record ClaimView(
    City City, BadgeClass Badge, Provider Provider, string Action, HumanStep Step, ClaimProblem Problem = ClaimProblem.None, string? Typed = null)
    : View<ClaimPage>
{
    internal override City? Owner => City;
}

/// <summary>After claiming.</summary>
/// <param name="VisibilityAction">Where the form with <c>visibility</c> and <c>csrf</c> goes: <c>/badges/{awardId}</c>.</param>
public sealed record ClaimedView(
    City City, BadgeClass Badge, Provider Provider, ClaimedDownloads Downloads, bool IsPublic, string ShareUrl, string VisibilityAction, string Csrf)
    : View<ClaimedPage>
{
    internal override City? Owner => City;
}

/// <summary>The addresses of the badge's forms. <paramref name="Svg"/> only if the art is SVG.</summary>
public sealed record ClaimedDownloads(string Png, string? Svg, string Json, string Jwt);

/// <summary>The token is unknown, used up or expired: all look the same.</summary>
public sealed record ClaimUnavailableView : View<ClaimUnavailablePage>;

/// <summary><c>GET /claim</c>: type the code from a printed slip (form field <c>code</c>).</summary>
public sealed record ClaimCodeView(ClaimProblem Problem = ClaimProblem.None, string? Typed = null) : View<ClaimCodePage>;
