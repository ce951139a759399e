using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Verification;

namespace CitiesOfLearning.App.Verify;

/// <summary>A report as JSON, its sentences in English.</summary>
internal static class ReportJson
{
    public static JsonObject Write(VerificationReport report) => new()
    {
        ["answers"] = new JsonObject
        {
            ["authentic"] = Word(report.Authentic),
            ["current"] = Word(report.Current),
            ["authorised"] = Word(report.Authorised),
        },
        ["badge"] = report.Badge is { } badge ? Badge(badge) : null,
        ["issuer"] = report.Issuer is { } issuer
            ? new JsonObject { ["id"] = issuer.Id, ["name"] = issuer.Name, ["url"] = issuer.Url, ["known"] = issuer.IsKnown }
            : null,
        ["checks"] = new JsonArray([.. report.Checks.Select(Check)]),
        ["checkedAt"] = report.CheckedAt,
    };

    /// <summary>Of several badges that were shown at once, in their order.</summary>
    public static JsonObject Write(IEnumerable<VerificationReport> reports) =>
        new() { ["badges"] = new JsonArray([.. reports.Select(Write)]) };

    private static JsonObject Badge(ReportedBadge badge) => new()
    {
        ["id"] = badge.Id,
        ["achievement"] = badge.AchievementId,
        ["name"] = badge.Name,
        ["description"] = badge.Description,
        ["criteria"] = badge.Criteria,
        ["criteriaUrl"] = badge.CriteriaUrl,
        ["image"] = badge.PictureUrl,
        ["pictureDiffers"] = badge.PictureDiffers,
        ["awardedBy"] = badge.AwardedBy,
        ["awardedOn"] = badge.AwardedOn,
        ["validUntil"] = badge.ValidUntil,
        ["skills"] = new JsonArray([.. badge.Skills.Select(s => JsonValue.Create(s))]),
        ["language"] = badge.Language,
    };

    private static JsonNode Check(Check check) => new JsonObject
    {
        ["id"] = check.Id,
        ["outcome"] = check.Outcome.ToString().ToLowerInvariant(),
        ["detail"] = UserTexts.English.Format(check.TextKey, check.Arguments),
        ["clause"] = check.Clause,
        ["checkedAt"] = check.CheckedAt,
    };

    private static string Word(Hub.Verification.Answer answer) => answer.ToString().ToLowerInvariant();
}
