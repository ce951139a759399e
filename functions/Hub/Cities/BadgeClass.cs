namespace CitiesOfLearning.Hub.Cities;

/// <summary>What a city agreed that a badge means (Open Badges 3.0 calls it Achievement).</summary>
/// <param name="Version">Counts up when anything a reader can see changes; earlier versions stay published.</param>
/// <param name="AchievementType">A value of Open Badges 3.0's AchievementType, such as Course or CommunityService.</param>
/// <param name="SpineCodes">The spine entries it aligns to.</param>
/// <param name="Awarders">Which providers may award it, and when: the city's authority.</param>
/// <param name="Art">What the learner keeps: PNG always; SVG where the art is SVG.</param>
/// <param name="Result">How well it was done, if the badge records that.</param>
public sealed record BadgeClass(
    string Id,
    int Version,
    LocalizedText Name,
    LocalizedText Description,
    LocalizedText Criteria,
    string? CriteriaUrl,
    string AchievementType,
    IReadOnlyList<LocalizedText> Tags,
    IReadOnlyList<string> SpineCodes,
    IReadOnlyList<Awarder> Awarders,
    BadgeArt Art,
    ResultDescription? Result);

/// <summary>A provider that may award the badge between two days, both included.</summary>
public sealed record Awarder(string Provider, DateOnly? From, DateOnly? Until)
{
    public bool Covers(DateOnly day) => (From is null || day >= From) && (Until is null || day <= Until);
}

/// <summary>
/// The badge's picture. <paramref name="Png"/> is what is baked and mailed; <paramref name="Svg"/> only if the city drew one.
/// </summary>
public sealed record BadgeArt(ImageFile Png, ImageFile? Svg);

/// <summary>What a result means (Open Badges 3.0 ResultDescription).</summary>
/// <param name="ResultType">A value of ResultType: Percent, RawScore, Status …</param>
public sealed record ResultDescription(string Id, LocalizedText Name, string ResultType, string? ValueMin, string? ValueMax);
