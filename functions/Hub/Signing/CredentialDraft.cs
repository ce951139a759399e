using System.Text.Json;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Signing;

/// <summary>What a credential is about to say. Nothing can sign a draft: see <see cref="CredentialRules"/>.</summary>
/// <param name="SubjectId"><c>urn:uuid:</c> of this award; says nothing about the learner.</param>
/// <param name="Achievement">The published Achievement of this badge version, as JSON, embedded as it is.</param>
/// <param name="Provider">Who assessed it on the city's behalf (AchievementSubject.source).</param>
/// <param name="ValidFrom">Whole seconds, so that the JWT's nbf is equal to it.</param>
/// <param name="AchievedAt">When the learner finished.</param>
/// <param name="Result">The value, and the id of the ResultDescription it is measured by.</param>
public sealed record CredentialDraft(
    AwardId AwardId,
    CityId City,
    string IssuerName,
    string? IssuerUrl,
    string Name,
    string SubjectId,
    ReadOnlyMemory<byte> Achievement,
    CredentialProvider Provider,
    DateTimeOffset ValidFrom,
    DateTimeOffset AchievedAt,
    IReadOnlyList<Evidence> Evidence,
    CredentialResult? Result,
    int StatusList,
    int StatusIndex);

/// <param name="Id">The provider's place in the city's catalogue.</param>
public sealed record CredentialProvider(string Id, string Name, string? Url);

public sealed record CredentialResult(string Description, string Value)
{
    /// <summary>Where a score of 0 to 1 lies on the scale of the achievement's first result description.</summary>
    /// <param name="achievement">As published.</param>
    /// <returns>Null without a score, or without a scale.</returns>
    public static CredentialResult? Of(JsonElement achievement, double? score) =>
        score is { } known
            && achievement.Values("resultDescription").FirstOrDefault() is { ValueKind: JsonValueKind.Object } description
            && ResultScale.Of(description.Text("resultType") ?? "", description.Text("valueMin"), description.Text("valueMax")) is { } scale
            ? new(description.Text("id")!, scale.Value(known))
            : null;
}
