using System.Globalization;
using System.Text.Json;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Status;

namespace CitiesOfLearning.Hub.Signing;

/// <summary>
/// The rules that every badge credential keeps before it is signed, each with the clause that asks for it. They read the very bytes that
/// will be signed.
/// </summary>
public static class CredentialRules
{
    private const string Vc = "https://www.w3.org/TR/vc-data-model-2.0/";
    private const string Ob = "https://www.imsglobal.org/spec/ob/v3p0/";

    /// <returns>How the city names itself in it.</returns>
    internal static IssuerScheme CheckBadge(ReadOnlyMemory<byte> payload, CityId city, AwardId awardId, HubUrls urls)
    {
        using var document = JsonDocument.Parse(payload, StrictJson.Options);
        var credential = document.RootElement;

        Context(credential);
        Type(credential);
        Require(Text(credential, "id") == urls.Credential(awardId), "id is the award's address", Ob + "#achievementcredential");
        Dates(credential);
        Subject(credential, urls.City(city));
        Evidence(credential);
        var scheme = IssuerSchemes.OfList(Status(credential, city, urls));
        var issuer = urls.Issuer(city, scheme);
        Issuer(credential, issuer);
        Claims(credential, issuer);
        return scheme;
    }

    internal static void CheckStatusList(ReadOnlyMemory<byte> payload, CityId city, string purpose, int number, HubUrls urls)
    {
        const string Clause = "https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential";
        using var document = JsonDocument.Parse(payload, StrictJson.Options);
        var credential = document.RootElement;
        var (id, issuer) = (urls.StatusList(city, purpose, number), urls.Issuer(city, IssuerSchemes.OfList(number)));
        var subject = Member(credential, "credentialSubject");

        Require(
            Member(credential, "@context") is { ValueKind: JsonValueKind.Array } context && context.GetArrayLength() > 0
            && context[0].ValueKind == JsonValueKind.String && context[0].ValueEquals(ContextAddresses.Credentials),
            "the first context is VC Data Model 2.0",
            Vc + "#contexts");
        Require(Text(credential, "id") == id && Text(credential, "jti") == id, "id is the list's address", Clause);
        Require(credential.Has("type", "VerifiableCredential"), "type has VerifiableCredential", Vc + "#types");
        Require(credential.Has("type", "BitstringStatusListCredential"), "type is BitstringStatusListCredential", Clause);
        Require(Text(credential, "issuer") == issuer && Text(credential, "iss") == issuer, "issuer is the city", Clause);
        Require(Text(subject, "type") == "BitstringStatusList", "the subject is a BitstringStatusList", Clause);
        Require(Text(subject, "statusPurpose") == purpose, "statusPurpose is the list's", Clause);
        Require(
            StatusListBits.TryDecode(Text(subject, "encodedList"), out var bits, out _) && bits.Length >= StatusListBits.MinimumLength,
            "encodedList is a whole list",
            Clause);
        Dates(credential);
        Require(
            Number(credential, "exp") == Moment(credential, "validUntil").ToUnixTimeSeconds(),
            "exp equals validUntil",
            Ob + "#jwt-proof-format");
    }

    private static void Context(JsonElement credential)
    {
        var context = Member(credential, "@context");
        Require(context.ValueKind == JsonValueKind.Array && context.GetArrayLength() >= 2 && context
            .EnumerateArray()
            .All(c => c.ValueKind == JsonValueKind.String), "@context is a list", Vc + "#contexts");
        Require(context[0].ValueEquals(ContextAddresses.Credentials), "the first context is VC Data Model 2.0", Vc + "#contexts");
        Require(
            context[1].ValueEquals(ContextAddresses.OpenBadges),
            "the second context is Open Badges 3.0.3",
            Ob + "#achievementcredential");
    }

    private static void Type(JsonElement credential)
    {
        Require(credential.Has("type", "VerifiableCredential"), "type has VerifiableCredential", Vc + "#types");
        Require(credential.Has("type", "OpenBadgeCredential"), "type has OpenBadgeCredential", Ob + "#achievementcredential");
    }

    private static void Issuer(JsonElement credential, string expected)
    {
        var issuer = Member(credential, "issuer");
        Require(Text(issuer, "id") == expected, "issuer.id is the city", Ob + "#profileref");
        Require(issuer.Has("type", "Profile"), "issuer.type is Profile", Ob + "#profile");
        Require(Text(issuer, "name").Length > 0, "issuer.name is there for people", Ob + "#profile");
    }

    private static void Dates(JsonElement credential)
    {
        var from = Moment(credential, "validFrom");
        Require(
            Number(credential, "nbf") == from.ToUnixTimeSeconds() && from.Ticks % TimeSpan.TicksPerSecond == 0,
            "nbf equals validFrom",
            Ob + "#jwt-proof-format");
    }

    private static void Subject(JsonElement credential, string city)
    {
        var subject = Member(credential, "credentialSubject");
        Require(
            Text(subject, "id").StartsWith("urn:uuid:", StringComparison.Ordinal),
            "the subject has an id that says nothing about the learner",
            Ob + "#achievementsubject");
        Require(subject.Has("type", "AchievementSubject"), "the subject's type is AchievementSubject", Ob + "#achievementsubject");
        Require(
            !subject.TryGetProperty("identifier", out _), "no identity hash: it can be guessed from an address", Ob + "#identityobject");

        var achievement = Member(subject, "achievement");
        Require(
            Text(achievement, "id").StartsWith(city + "/badges/", StringComparison.Ordinal),
            "the achievement is the city's own",
            Ob + "#achievement");
        Require(achievement.Has("type", "Achievement"), "achievement.type is Achievement", Ob + "#achievement");
        Require(Text(achievement, "name").Length > 0, "achievement.name is there", Ob + "#achievement");
        Require(Text(achievement, "description").Length > 0, "achievement.description is there", Ob + "#achievement");
        var criteria = Member(achievement, "criteria");
        Require(
            criteria.TryGetProperty("narrative", out _) || criteria.TryGetProperty("id", out _),
            "criteria say something",
            Ob + "#criteria");
        Results(subject, achievement);
    }

    private static void Results(JsonElement subject, JsonElement achievement)
    {
        if (!subject.TryGetProperty("result", out var results))
        {
            return;
        }

        Require(results.ValueKind == JsonValueKind.Array, "result is a list", Ob + "#achievementsubject");
        foreach (var result in results.EnumerateArray())
        {
            var description = Text(result, "resultDescription");
            var known = achievement.TryGetProperty("resultDescription", out var list)
                && list.EnumerateArray().Any(d => Text(d, "id") == description);
            Require(known, "a result is measured by one of the achievement's descriptions", Ob + "#result");
        }
    }

    private static void Evidence(JsonElement credential)
    {
        if (!credential.TryGetProperty("evidence", out var evidence))
        {
            return;
        }

        Require(evidence.ValueKind == JsonValueKind.Array, "evidence is a list", Ob + "#achievementcredential");
        foreach (var item in evidence.EnumerateArray())
        {
            Require(item.Has("type", "Evidence"), "evidence has its type", Ob + "#evidence");
            Require(
                !item.TryGetProperty("id", out _) || WebAddress.IsNormal(Text(item, "id")),
                "evidence is at an https address",
                Ob + "#evidence");
        }
    }

    // The number of its list.
    private static int Status(JsonElement credential, CityId city, HubUrls urls)
    {
        const string Clause = "https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry";
        var status = Member(credential, "credentialStatus");
        Require(Text(status, "type") == "BitstringStatusListEntry", "the status entry has its type", Clause);
        Require(Text(status, "statusPurpose") == StatusPurposes.Revocation, "the entry's purpose is revocation", Clause);
        Require(
            int.TryParse(Text(status, "statusListIndex"), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < StatusListBits.MinimumLength,
            "the index is inside the list",
            Clause);
        var prefix = urls.StatusList(city, StatusPurposes.Revocation, 0)[..^1];
        var address = Text(status, "statusListCredential");
        var isOwn = address.StartsWith(prefix, StringComparison.Ordinal);
        var list = 0;
        Require(
            isOwn && int.TryParse(address.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out list),
            "the list is the city's own",
            Clause);
        return list;
    }

    private static void Claims(JsonElement credential, string issuer)
    {
        const string Clause = Ob + "#jwt-proof-format";
        Require(Text(credential, "iss") == issuer, "iss equals issuer.id", Clause);
        Require(Text(credential, "jti") == Text(credential, "id"), "jti equals id", Clause);
        Require(Text(credential, "sub") == Text(Member(credential, "credentialSubject"), "id"), "sub equals credentialSubject.id", Clause);
    }

    // A message is put together only once a rule is broken: these run for every badge.
    private static JsonElement Member(JsonElement parent, string name) => parent.Member(name) ?? throw Wrong(parent, name, "there", Vc);

    private static string Text(JsonElement parent, string name) => parent.Text(name) ?? throw Wrong(parent, name, "a string", Vc);

    private static long Number(JsonElement parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var number)
            ? number
            : throw Wrong(parent, name, "a whole number", Vc);

    private static DateTimeOffset Moment(JsonElement parent, string name) =>
        Text(parent, name) is [.., 'Z'] && parent.Moment(name) is { } moment
            ? moment
            : throw Wrong(parent, name, "a moment in UTC", Vc + "#validity-period");

    private static CredentialRuleException Wrong(JsonElement parent, string name, string expected, string clause) =>
        parent.Member(name) is null ? new($"{name} is there", Vc) : new($"{name} is {expected}", clause);

    private static void Require(bool kept, string rule, string clause)
    {
        if (!kept)
        {
            throw new CredentialRuleException(rule, clause);
        }
    }
}

/// <summary>A credential that breaks a rule must never be signed: it is a defect, not an outcome.</summary>
public sealed class CredentialRuleException(string rule, string clause) : Exception($"The credential breaks a rule: {rule} ({clause}).")
{
    public string Rule { get; } = rule;

    public string Clause { get; } = clause;
}
