using System.Text.Json;
using CitiesOfLearning.Hub.Cities;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>
/// What one version of a badge class says to its readers, read back from what was published: an award means this, whatever the city's
/// definition has become.
/// </summary>
/// <param name="PictureAlt">What the picture shows, for people who cannot see it.</param>
/// <param name="IsDrawn">The city drew the picture as SVG, beside the PNG that there always is.</param>
/// <param name="Skills">The spine entries it aligned to.</param>
/// <param name="Result">What its result means, if it records one.</param>
public sealed record BadgeClassVersion(
    string Id,
    int Version,
    LocalizedText Name,
    LocalizedText Description,
    LocalizedText Criteria,
    string? CriteriaUrl,
    LocalizedText PictureAlt,
    bool IsDrawn,
    IReadOnlyList<LocalizedText> Tags,
    IReadOnlyList<PublishedSkill> Skills,
    LocalizedText? Result)
{
    /// <param name="achievements">The same version in its languages (https://www.imsglobal.org/spec/ob/v3p0/#achievement), the default
    /// first.</param>
    public static BadgeClassVersion Read(string id, int version, IEnumerable<ReadOnlyMemory<byte>> achievements, bool isDrawn)
    {
        var inLanguages = new Dictionary<string, JsonElement>();
        foreach (var achievement in achievements.Select(a => JsonElement.Parse(a.Span)))
        {
            inLanguages.TryAdd(Text(achievement, "inLanguage"), achievement);
        }

        var any = inLanguages.Values.First();
        return new(
            id,
            version,
            Said(a => Text(a, "name")),
            Said(a => Text(a, "description")),
            Said(a => Text(a.GetProperty("criteria"), "narrative")),
            any.GetProperty("criteria").TryGetProperty("id", out var url) ? url.GetString() : null,
            Said(a => Text(a.GetProperty("image"), "caption")),
            isDrawn,
            [.. List(any, "tag").Select((_, i) => Said(a => a.GetProperty("tag")[i].GetString()!))],
            [.. List(any, "alignment").Select(
                (skill, i) => new PublishedSkill(Text(skill, "targetCode"), Said(a => Text(a.GetProperty("alignment")[i], "targetName"))))],
            any.TryGetProperty("resultDescription", out _) ? Said(a => Text(a.GetProperty("resultDescription")[0], "name")) : null);

        LocalizedText Said(Func<JsonElement, string> what) => new(inLanguages.ToDictionary(l => l.Key, l => what(l.Value)));
    }

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString()!;

    private static IEnumerable<JsonElement> List(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];
}

/// <summary>A spine entry as the version named it.</summary>
public sealed record PublishedSkill(string Code, LocalizedText Name);
