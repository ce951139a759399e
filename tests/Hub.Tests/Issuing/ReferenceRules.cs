using System.Text.Json.Nodes;

namespace CitiesOfLearning.Hub.Tests.Issuing;

/// <summary>
/// What 1EdTech's public validator asks of an Open Badges 3.0 credential beside its schema, in its order, each with the clause that asks
/// for it.
/// </summary>
/// <param name="Asks">Of a credential without its proof.</param>
/// <param name="Break">What makes a good one break it.</param>
internal sealed record ReferenceRule(string Name, string Clause, Func<JsonNode, bool> Asks, Action<JsonNode> Break)
{
    private const string Ob = "https://www.imsglobal.org/spec/ob/v3p0/";
    private const string Vc = "https://www.w3.org/TR/vc-data-model-2.0/";
    private const string OpenBadges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    public static IReadOnlyList<ReferenceRule> All { get; } =
    [
        new("the first context is VC Data Model 2.0", Vc + "#contexts",
            c => (string?)c["@context"]![0] == "https://www.w3.org/ns/credentials/v2",
            c => c["@context"]![0] = OpenBadges),
        new("the second context is Open Badges", Ob + "#achievementcredential",
            c => (string?)c["@context"]![1] == OpenBadges,
            c => c["@context"]!.AsArray().RemoveAt(1)),
        new("type has VerifiableCredential", Vc + "#types",
            c => Has(c, "VerifiableCredential"),
            c => c["type"] = new JsonArray("OpenBadgeCredential")),
        new("type has OpenBadgeCredential or AchievementCredential", Ob + "#achievementcredential",
            c => Has(c, "OpenBadgeCredential") || Has(c, "AchievementCredential"),
            c => c["type"] = new JsonArray("VerifiableCredential")),
        new("the subject is an AchievementSubject", Ob + "#achievementsubject",
            c => Has(Subject(c), "AchievementSubject"),
            c => Subject(c)["type"] = new JsonArray("Person")),
        new("the subject has an id or an identifier", Ob + "#achievementsubject",
            c => ((string?)Subject(c)["id"])?.Trim().Length > 0 || Subject(c)["identifier"] is JsonArray { Count: > 0 },
            c => Subject(c).AsObject().Remove("id")),
        new("an identifier is an IdentityObject", Ob + "#identityobject",
            c => Each(Subject(c)["identifier"], "IdentityObject"),
            c => Subject(c)["identifier"] = new JsonArray(new JsonObject { ["type"] = "Person" })),
        new("there is an achievement", Ob + "#achievementsubject",
            c => Subject(c)["achievement"] is JsonObject,
            c => Subject(c).AsObject().Remove("achievement")),
        new("criteria have an id or a narrative", Ob + "#criteria",
            c => Subject(c)["achievement"]?["criteria"] is { } criteria && (criteria["id"] ?? criteria["narrative"]) is not null,
            c => Subject(c)["achievement"]!["criteria"] = new JsonObject()),
        new("a result is a Result", Ob + "#result",
            c => Each(Subject(c)["result"], "Result"),
            c => Subject(c)["result"] = new JsonArray(new JsonObject { ["type"] = new JsonArray("Mark") })),
        new("a result description is a ResultDescription", Ob + "#resultdescription",
            c => Each(Subject(c)["achievement"]?["resultDescription"], "ResultDescription"),
            c => Subject(c)["achievement"]!["resultDescription"] = new JsonArray(new JsonObject { ["type"] = "Result" })),
        new("the source is a Profile", Ob + "#profile",
            c => Subject(c)["source"] is not { } source || Has(source, "Profile"),
            c => Subject(c)["source"]!["type"] = new JsonArray("Organization")),
        new("the issuer is a Profile", Ob + "#profile",
            c => c["issuer"] is JsonObject issuer && Has(issuer, "Profile"),
            c => c["issuer"] = (string)c["issuer"]!["id"]!),
        new("another identifier of the issuer is an IdentityObject", Ob + "#identifierentry",
            c => Each((c["issuer"] as JsonObject)?["otherIdentifier"], "IdentityObject"),
            c => c["issuer"]!["otherIdentifier"] = new JsonArray(new JsonObject { ["type"] = "Profile" })),
        new("the issuer's parent is a Profile", Ob + "#profile",
            c => (c["issuer"] as JsonObject)?["parentOrg"] is not { } parent || Has(parent, "Profile"),
            c => c["issuer"]!["parentOrg"] = new JsonObject { ["type"] = "Organization" }),
        new("evidence is Evidence", Ob + "#evidence",
            c => Each(c["evidence"], "Evidence"),
            c => c["evidence"] = new JsonArray(new JsonObject { ["type"] = new JsonArray("File") })),
        new("validFrom is in the past", Ob + "#verification-and-validation",
            c => DateTimeOffset.Parse((string)c["validFrom"]!) < DateTimeOffset.Parse("2030-01-01T00:00:00Z"),
            c => c["validFrom"] = "2098-01-02T03:04:05Z"),
        new("validUntil is not in the past", Ob + "#verification-and-validation",
            c => c["validUntil"] is null || DateTimeOffset.Parse((string)c["validUntil"]!) > DateTimeOffset.Parse("2026-01-01T00:00:00Z"),
            c => c["validUntil"] = "2025-01-02T03:04:05Z"),
        new("the status is an entry for revocation at an index",
            "https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry",
            c => Has(c["credentialStatus"]!, "BitstringStatusListEntry") && (string?)c["credentialStatus"]!["statusPurpose"] == "revocation"
                && int.TryParse((string?)c["credentialStatus"]!["statusListIndex"], out _),
            c => c["credentialStatus"]!["statusListIndex"] = "first"),
    ];

    private static JsonNode Subject(JsonNode credential) => credential["credentialSubject"]!;

    private static bool Has(JsonNode node, string type) =>
        node["type"] is JsonArray types ? types.Any(t => (string?)t == type) : (string?)node["type"] == type;

    private static bool Each(JsonNode? nodes, string type) =>
        nodes is null || (nodes is JsonArray many ? many.All(n => Has(n!, type)) : Has(nodes, type));
}
