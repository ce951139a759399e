using System.Diagnostics.CodeAnalysis;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>What a displayer shows of a badge.</summary>
/// <param name="AwardedOn">With its offset, as <paramref name="ValidUntil"/>: of a city's badge as the city's clocks show it, of another as
/// the badge writes it.</param>
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
    internal const int MaxNameLength = 300;
    internal const int MaxAddressLength = 2048;

    private const int MaxTextLength = 10_000;
    private const int MaxLanguageLength = 35;
    private const int MaxSkills = 50;

    /// <summary>What the credential says, without a picture. Whoever wrote it may have written a book.</summary>
    internal static ReportedBadge Of(BadgeCredential credential) => new(
        Cut(credential.Id, MaxAddressLength),
        Cut(credential.AchievementId, MaxAddressLength),
        Cut(credential.Name, MaxNameLength),
        Cut(credential.Description, MaxTextLength),
        Cut(credential.Criteria, MaxTextLength),
        Cut(credential.CriteriaUrl, MaxAddressLength),
        null,
        Cut(credential.ImageAlt, MaxNameLength),
        false,
        Cut(credential.SourceName, MaxNameLength),
        credential.ValidFrom,
        credential.ValidUntil,
        [.. credential.Skills.Take(MaxSkills).Select(s => Cut(s, MaxNameLength))],
        Cut(credential.Language, MaxLanguageLength));

    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Cut(string? text, int maxLength) =>
        text is null || text.Length <= maxLength ? text

        // Not between the halves of one character.
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength), "…");
}
