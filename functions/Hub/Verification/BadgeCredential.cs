using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>What verification reads of an Open Badges 3.0 credential (https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential).</summary>
/// <param name="Achievement">The Achievement as it stands in the credential, UTF-8 JSON.</param>
/// <param name="StatusList">The address of the status list, or null if the credential has no status that the hub can read.</param>
public sealed record BadgeCredential(
    string Id,
    string Issuer,
    string IssuerName,
    string? IssuerUrl,
    string Subject,
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
    string? StatusList,
    int StatusIndex)
{
    /// <returns>Null, and the member that is missing or wrong, if it is no such credential.</returns>
    public static BadgeCredential? Read(JsonElement credential, out string problem)
    {
        problem = "";
        try
        {
            return new Reader(credential).Read();
        }
        catch (KeyNotFoundException e)
        {
            problem = e.Message;
            return null;
        }
    }

    private sealed class Reader(JsonElement credential)
    {
        public BadgeCredential Read()
        {
            Require(Has(credential, "type", "VerifiableCredential"), "type");
            Require(Has(credential, "type", "OpenBadgeCredential") || Has(credential, "type", "AchievementCredential"), "type");
            var context = Member(credential, "@context");
            Require(context.ValueKind == JsonValueKind.Array && context.GetArrayLength() > 0 && context[0].ValueKind == JsonValueKind.String, "@context");
            Require(context[0].ValueEquals("https://www.w3.org/ns/credentials/v2"), "@context");

            var issuer = Member(credential, "issuer");
            var subject = Member(credential, "credentialSubject");
            var achievement = Member(subject, "achievement");
            var criteria = Member(achievement, "criteria");
            var source = Optional(subject, "source");
            var (list, index) = Status();
            return new BadgeCredential(
                Text(credential, "id"),
                issuer.ValueKind == JsonValueKind.String ? issuer.GetString()! : Text(issuer, "id"),
                OptionalText(issuer, "name") ?? "",
                OptionalText(issuer, "url"),
                Text(subject, "id"),
                Moment(credential, "validFrom")!.Value,
                Optional(credential, "validUntil") is null ? null : Moment(credential, "validUntil"),
                Optional(subject, "activityEndDate") is null ? null : Moment(subject, "activityEndDate"),
                source is { } s ? OptionalText(s, "id") : null,
                source is { } n ? OptionalText(n, "name") : null,
                JsonMarshal.GetRawUtf8Value(achievement).ToArray(),
                Text(achievement, "id"),
                Text(achievement, "name"),
                Text(achievement, "description"),
                OptionalText(criteria, "narrative"),
                OptionalText(criteria, "id"),
                Optional(achievement, "image") is { } image ? OptionalText(image, "caption") : null,
                Skills(achievement),
                OptionalText(achievement, "inLanguage") ?? "en",
                list,
                index);
        }

        private (string? List, int Index) Status() =>
            Optional(credential, "credentialStatus") is { ValueKind: JsonValueKind.Object } status
            && OptionalText(status, "type") == "BitstringStatusListEntry"
            && OptionalText(status, "statusListCredential") is { } list
            && int.TryParse(OptionalText(status, "statusListIndex"), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? (list, index)
                : (null, 0);

        private static List<string> Skills(JsonElement achievement) =>
            Optional(achievement, "alignment") is { ValueKind: JsonValueKind.Array } alignments
                ? [.. alignments.EnumerateArray().Select(a => OptionalText(a, "targetName")).OfType<string>()]
                : [];

        private static JsonElement Member(JsonElement parent, string name) =>
            parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : throw new KeyNotFoundException(name);

        private static JsonElement? Optional(JsonElement parent, string name) =>
            parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : null;

        private static string Text(JsonElement parent, string name)
        {
            var member = Member(parent, name);
            Require(member.ValueKind == JsonValueKind.String, name);
            return member.GetString()!;
        }

        private static string? OptionalText(JsonElement parent, string name) =>
            Optional(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

        private static DateTimeOffset? Moment(JsonElement parent, string name)
        {
            var member = Member(parent, name);
            Require(member.ValueKind == JsonValueKind.String && member.TryGetDateTimeOffset(out _), name);
            return member.GetDateTimeOffset();
        }

        private static bool Has(JsonElement parent, string name, string value)
        {
            var member = Member(parent, name);
            return member.ValueKind == JsonValueKind.String
                ? member.ValueEquals(value)
                : member.ValueKind == JsonValueKind.Array && member.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.String && v.ValueEquals(value));
        }

        private static void Require(bool present, string member)
        {
            if (!present)
            {
                throw new KeyNotFoundException(member);
            }
        }
    }
}
