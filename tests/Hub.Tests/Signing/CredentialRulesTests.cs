using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Signing;

/// <summary>Each rule, broken alone, keeps a credential from being signed.</summary>
public sealed class CredentialRulesTests
{
    private static readonly HubUrls Urls = new("https://hub.example");

    public static TheoryData<string, Action<JsonNode>> Broken => new()
    {
        { "@context is there", c => c.AsObject().Remove("@context") },
        { "@context is a list", c => c["@context"] = "https://www.w3.org/ns/credentials/v2" },
        { "@context is a list", c => c["@context"]![1] = new JsonObject() },
        { "the first context is VC Data Model 2.0", c => c["@context"]![0] = "https://www.w3.org/2018/credentials/v1" },
        { "the second context is Open Badges 3.0.3", c => c["@context"]![1] = "https://purl.imsglobal.org/spec/ob/v3p0/context.json" },
        { "type has VerifiableCredential", c => c["type"] = new JsonArray("OpenBadgeCredential") },
        { "type has OpenBadgeCredential", c => c["type"] = new JsonArray("VerifiableCredential") },
        {
            "id is the award's address",
            c => (c["id"], c["jti"]) =
                ("https://hub.example/badges/00000000000000000000000000", "https://hub.example/badges/00000000000000000000000000")
        },
        { "id is there", c => c.AsObject().Remove("id") },
        {
            "issuer.id is the city",
            c => (c["issuer"]!["id"], c["iss"]) = ("https://hub.example/cities/brighton", "https://hub.example/cities/brighton")
        },
        { "issuer.type is Profile", c => c["issuer"]!["type"] = new JsonArray("Person") },
        { "issuer.name is there for people", c => c["issuer"]!["name"] = "" },
        { "nbf equals validFrom", c => c["nbf"] = 1 },
        { "nbf equals validFrom", c => c["validFrom"] = "2026-11-23T12:00:00.5Z" },
        { "nbf equals validFrom", c => c["validFrom"] = "2026-11-23T12:00:00.0000001Z" },
        { "nbf is a whole number", c => c["nbf"] = "1795435200" },
        { "nbf is a whole number", c => c["nbf"] = 1795435200.5 },
        { "validFrom is a moment in UTC", c => c["validFrom"] = "2026-11-23T12:00:00+00:00" },
        { "validFrom is a moment in UTC", c => c["validFrom"] = "2026-11-23" },
        { "validFrom is a string", c => c["validFrom"] = 1 },
        {
            "the subject has an id that says nothing about the learner",
            c => (c["credentialSubject"]!["id"], c["sub"]) = ("mailto:ada@example.org", "mailto:ada@example.org")
        },
        { "the subject's type is AchievementSubject", c => c["credentialSubject"]!["type"] = new JsonArray() },
        { "no identity hash: it can be guessed from an address", c => c["credentialSubject"]!["identifier"] = new JsonArray() },
        {
            "the achievement is the city's own",
            c => c["credentialSubject"]!["achievement"]!["id"] = "https://hub.example/cities/brighton/badges/first-podcast/v1"
        },
        { "achievement.type is Achievement", c => c["credentialSubject"]!["achievement"]!["type"] = "Course" },
        { "achievement.name is there", c => c["credentialSubject"]!["achievement"]!["name"] = "" },
        { "achievement.description is there", c => c["credentialSubject"]!["achievement"]!["description"] = "" },
        { "criteria say something", c => c["credentialSubject"]!["achievement"]!["criteria"] = new JsonObject() },
        {
            "a result is measured by one of the achievement's descriptions",
            c => c["credentialSubject"]!["result"]![0]!["resultDescription"] = "https://hub.example/other"
        },
        {
            "a result is measured by one of the achievement's descriptions",
            c => c["credentialSubject"]!["achievement"]!.AsObject().Remove("resultDescription")
        },
        { "result is a list", c => c["credentialSubject"]!["result"] = new JsonObject() },
        { "evidence has its type", c => c["evidence"]![0]!["type"] = "Proof" },
        { "evidence is at an https address", c => c["evidence"]![0]!["id"] = "javascript:alert(1)" },
        { "evidence is at an https address", c => c["evidence"]![0]!["id"] = "http://records.example/42" },
        { "evidence is a list", c => c["evidence"] = "https://records.example/42" },
        { "credentialStatus is there", c => c.AsObject().Remove("credentialStatus") },
        { "the status entry has its type", c => c["credentialStatus"]!["type"] = "StatusList2021Entry" },
        { "the entry's purpose is revocation", c => c["credentialStatus"]!["statusPurpose"] = "message" },
        { "the index is inside the list", c => c["credentialStatus"]!["statusListIndex"] = "131072" },
        { "the index is inside the list", c => c["credentialStatus"]!["statusListIndex"] = "-1" },
        { "the index is inside the list", c => c["credentialStatus"]!["statusListIndex"] = "1e3" },
        { "statusListIndex is a string", c => c["credentialStatus"]!["statusListIndex"] = 5 },
        {
            "the list is the city's own",
            c => c["credentialStatus"]!["statusListCredential"] = "https://hub.example/cities/brighton/status/revocation-1"
        },
        { "iss equals issuer.id", c => c["iss"] = "https://hub.example/cities/brighton" },
        { "jti equals id", c => c["jti"] = "https://hub.example/badges/x" },
        { "sub equals credentialSubject.id", c => c["sub"] = "urn:uuid:0" },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void A_credential_that_breaks_one_rule_is_refused_with_its_clause(string rule, Action<JsonNode> change)
    {
        var credential = JsonNode.Parse(SomeCredential.Payload())!;
        change(credential);

        var refused = Assert.Throws<CredentialRuleException>(() => Check(credential.ToJsonString()));

        Assert.Equal(rule, refused.Rule);
        Assert.StartsWith("https://", refused.Clause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_that_keeps_them_all_is_checked()
    {
        var payload = SomeCredential.Payload();

        var kept = CheckedCredential.Badge(payload, SampleCity.Plymouth, SomeCredential.AwardId, Urls);
        var expected = payload.ToArray();
        payload[10] ^= 1;

        // What was checked is what will be signed, whatever becomes of the caller's bytes.
        Assert.Equal(expected, kept.Payload.ToArray());
        Assert.Equal("plymouth", kept.City.ToString());
    }

    [Fact]
    public void A_name_that_stands_twice_is_refused()
    {
        var twice = Encoding.UTF8.GetString(SomeCredential.Payload()).Insert(1, "\"iss\":\"https://evil.example\",");

        Assert.ThrowsAny<System.Text.Json.JsonException>(() => Check(twice));
    }

    [Fact]
    public void A_badge_is_not_checked_for_another_city_or_award()
    {
        Assert.Throws<CredentialRuleException>(
            () => CheckedCredential.Badge(SomeCredential.Payload(), SampleCity.Brighton, SomeCredential.AwardId, Urls));
        Assert.Throws<CredentialRuleException>(
            () => CheckedCredential.Badge(
                SomeCredential.Payload(), SampleCity.Plymouth, AwardId.Parse("00000000000000000000000000"), Urls));
    }

    public static TheoryData<Action<JsonNode>> BrokenLists => new()
    {
        c => c["@context"]![0] = "https://www.w3.org/2018/credentials/v1",
        c => c["@context"] = "https://www.w3.org/ns/credentials/v2",
        c => c["id"] = "https://hub.example/cities/plymouth/status/revocation-2",
        c => c["jti"] = "https://hub.example/cities/plymouth/status/revocation-2",
        c => c["type"] = new JsonArray("BitstringStatusListCredential"),
        c => c["type"] = new JsonArray("VerifiableCredential"),
        c => c["issuer"] = "https://hub.example/cities/brighton",
        c => c["iss"] = "https://hub.example/cities/brighton",
        c => c["credentialSubject"]!["type"] = "StatusList2021",
        c => c["credentialSubject"]!["statusPurpose"] = "suspension",
        c => c["credentialSubject"]!["encodedList"] = "uAAAA",
        c => c["nbf"] = 1,
        c => c["exp"] = 1,
        c => c.AsObject().Remove("validUntil"),
        c => c.AsObject().Remove("exp"),
    };

    [Theory]
    [MemberData(nameof(BrokenLists), DisableDiscoveryEnumeration = true)]
    public void A_status_list_that_breaks_one_rule_is_refused(Action<JsonNode> change)
    {
        var list = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
            ["id"] = "https://hub.example/cities/plymouth/status/revocation-1",
            ["type"] = new JsonArray("VerifiableCredential", "BitstringStatusListCredential"),
            ["issuer"] = "https://hub.example/cities/plymouth",
            ["validFrom"] = "2026-11-23T12:00:00Z",
            ["validUntil"] = "2026-11-26T12:00:00Z",
            ["credentialSubject"] = new JsonObject
            {
                ["type"] = "BitstringStatusList",
                ["statusPurpose"] = "revocation",
                ["encodedList"] = new StatusListBits().Encode(),
            },
            ["iss"] = "https://hub.example/cities/plymouth",
            ["jti"] = "https://hub.example/cities/plymouth/status/revocation-1",
            ["nbf"] = 1795435200,
            ["exp"] = 1795694400,
        };
        CheckedCredential.StatusList(Bytes(list), SampleCity.Plymouth, "revocation", 1, Urls);

        change(list);

        Assert.Throws<CredentialRuleException>(() => CheckedCredential.StatusList(Bytes(list), SampleCity.Plymouth, "revocation", 1, Urls));
    }

    private static void Check(string json) =>
        CheckedCredential.Badge(Encoding.UTF8.GetBytes(json), SampleCity.Plymouth, SomeCredential.AwardId, Urls);

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
