using System.Runtime.InteropServices;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>
/// What verification reads of an Open Badges 3.0 credential (https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential), by either
/// version of the Verifiable Credentials Data Model.
/// </summary>
/// <param name="Subject">Null if the subject is named by identifiers only.</param>
/// <param name="Achievement">The Achievement as it stands in the credential, UTF-8 JSON.</param>
/// <param name="IsVersion1">Data Model 1.1: <c>issuanceDate</c> and <c>expirationDate</c>.</param>
public sealed record BadgeCredential(
    string Id,
    string Issuer,
    string IssuerName,
    string? IssuerUrl,
    string? Subject,
    DateTimeOffset ValidFrom,
    DateTimeOffset? ValidUntil,
    DateTimeOffset? AchievedAt,
    string? Source,
    string? SourceName,
    ReadOnlyMemory<byte> Achievement,
    string AchievementId,
    string Name,
    string Description,
    string? Criteria,
    string? CriteriaUrl,
    string? ImageAlt,
    IReadOnlyList<string> Skills,
    string Language,
    IReadOnlyList<StatusEntry> Status,
    bool IsVersion1)
{
    /// <summary>Whether it calls itself an Open Badges 3.0 credential at all.</summary>
    public static bool Is(JsonElement credential) =>
        credential.Has("type", "VerifiableCredential")
            && (credential.Has("type", "OpenBadgeCredential") || credential.Has("type", "AchievementCredential"));

    /// <summary>Whether it is to be read by Data Model 2.0: https://www.w3.org/TR/vc-data-model-2.0/#contexts.</summary>
    public static bool IsOfVersion2(JsonElement credential) =>
        credential.Values("@context").FirstOrDefault() is { ValueKind: JsonValueKind.String } first
        && first.ValueEquals(ContextAddresses.Credentials);

    /// <returns>Null, and the member that is missing or wrong, if it is no such credential.</returns>
    public static BadgeCredential? Read(JsonElement credential, out string problem)
    {
        problem = "";
        try
        {
            return Read(credential);
        }
        catch (KeyNotFoundException e)
        {
            problem = e.Message;
            return null;
        }
    }

    private static BadgeCredential Read(JsonElement credential)
    {
        Require(Is(credential), "type");

        // https://www.w3.org/TR/vc-data-model-2.0/#contexts: the first one says by which version the rest is to be read.
        var first = credential.Values("@context").FirstOrDefault();
        Require(first.ValueKind == JsonValueKind.String, "@context");
        var version1 = first.ValueEquals(ContextAddresses.CredentialsVersion1);
        Require(version1 || IsOfVersion2(credential), "@context");

        var issuer = Member(credential, "issuer");
        var subject = Member(credential, "credentialSubject");
        var achievement = Member(subject, "achievement");
        var criteria = Member(achievement, "criteria");
        var source = subject.Member("source");
        return new BadgeCredential(
            Text(credential, "id"),
            credential.IssuerId() ?? throw new KeyNotFoundException("issuer"),
            issuer.Text("name") ?? "",
            issuer.Text("url"),
            subject.Text("id"),
            Later(
                Moment(credential, version1 ? "issuanceDate" : "validFrom"),
                OptionalMoment(credential, version1 ? "validFrom" : "issuanceDate")),
            Earlier(OptionalMoment(credential, "validUntil"), OptionalMoment(credential, "expirationDate")),
            OptionalMoment(subject, "activityEndDate"),
            source?.Text("id"),
            source?.Text("name"),
            JsonMarshal.GetRawUtf8Value(achievement).ToArray(),
            Text(achievement, "id"),
            Text(achievement, "name"),
            Text(achievement, "description"),
            criteria.Text("narrative"),
            criteria.Text("id"),
            achievement.Member("image")?.Text("caption"),
            [.. achievement.Values("alignment").Select(a => a.Text("targetName")).OfType<string>()],
            achievement.Text("inLanguage") ?? "en",
            [.. credential.Values("credentialStatus").Select(StatusEntry.Read)],
            version1);
    }

    private static JsonElement Member(JsonElement parent, string name) => parent.Member(name) ?? throw new KeyNotFoundException(name);

    private static string Text(JsonElement parent, string name) => parent.Text(name) ?? throw new KeyNotFoundException(name);

    private static DateTimeOffset Moment(JsonElement parent, string name) => parent.Moment(name) ?? throw new KeyNotFoundException(name);

    // A moment that cannot be read must not become none.
    private static DateTimeOffset? OptionalMoment(JsonElement parent, string name) =>
        parent.Member(name) is null ? null : Moment(parent, name);

    // Data Model 1.1 has the words of 2.0 in its context, and some issuers write both: the narrower dates count.
    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => one < other ? other.Value : one;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static void Require(bool present, string member)
    {
        if (!present)
        {
            throw new KeyNotFoundException(member);
        }
    }
}
