using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;

namespace CitiesOfLearning.App.Badges;

/// <summary>After claiming.</summary>
/// <param name="VisibilityAction">Where the form with <c>visibility</c> and <c>csrf</c> goes: <c>/badges/{awardId}</c>.</param>
public sealed record ClaimedView(
    City City,
    BadgeClassVersion Badge,
    Provider Provider,
    ClaimedDownloads Downloads,
    bool IsPublic,
    string ShareUrl,
    string VisibilityAction,
    string Csrf)
    : View<ClaimedPage>
{
    internal override City? Owner => City;
}

/// <summary>The addresses of the badge's forms. <paramref name="Svg"/> only if the art is SVG.</summary>
/// <param name="LeftOut">The JSON form without evidence and results, where there are any to leave out.</param>
public sealed record ClaimedDownloads(string Png, string? Svg, string Json, string? LeftOut, string Jwt);
