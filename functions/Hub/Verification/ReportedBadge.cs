using System.Diagnostics.CodeAnalysis;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>What a displayer shows of a badge.</summary>
/// <param name="PictureUrl">The city's own picture of this badge, never the uploaded one and never one on somebody else's server.</param>
/// <param name="PictureDiffers">The uploaded file's picture is not the one that the city published.</param>
public sealed record ReportedBadge(
    string Id,
    string AchievementId,
    string Name,
    string Description,
    string? Criteria,
    string? CriteriaUrl,
    string? PictureUrl,
    string? PictureAlt,
    bool PictureDiffers,
    string? AwardedBy,
    DateTimeOffset? AwardedOn,
    DateTimeOffset? ValidUntil,
    IReadOnlyList<string> Skills,
    string Language)
{
    internal const int LongestName = 300;
    internal const int LongestAddress = 2048;

    private const int LongestText = 10_000;
    private const int LongestLanguage = 35;
    private const int MostSkills = 50;

    /// <summary>What the credential says, without a picture. Whoever wrote it may have written a book.</summary>
    internal static ReportedBadge Of(BadgeCredential credential) => new(
        Cut(credential.Id, LongestAddress),
        Cut(credential.AchievementId, LongestAddress),
        Cut(credential.Name, LongestName),
        Cut(credential.Description, LongestText),
        Cut(credential.Criteria, LongestText),
        Cut(credential.CriteriaUrl, LongestAddress),
        null,
        Cut(credential.ImageAlt, LongestName),
        false,
        Cut(credential.SourceName, LongestName),
        credential.ValidFrom,
        credential.ValidUntil,
        [.. credential.Skills.Take(MostSkills).Select(s => Cut(s, LongestName))],
        Cut(credential.Language, LongestLanguage));

    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Cut(string? text, int longest) =>
        text is null || text.Length <= longest ? text

        // Not between the halves of one character.
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest), "…");
}
