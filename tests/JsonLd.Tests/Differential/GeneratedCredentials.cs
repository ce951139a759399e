using CsCheck;
using static CitiesOfLearning.JsonLd.Tests.Differential.JsonText;

namespace CitiesOfLearning.JsonLd.Tests.Differential;

/// <summary>Open Badges 3.0 credentials such as many issuers might write them, with terms of their own.</summary>
internal static class GeneratedCredentials
{
    // What the published contexts do not use: containers, coercion, nesting, reverse properties, a vocabulary, scoped contexts.
    private const string OwnTerms = """
        {
          "x": "https://terms.example.org/x#",
          "xsd": "http://www.w3.org/2001/XMLSchema#",
          "xNote": {"@id": "x:note", "@language": "cy"},
          "xPlain": {"@id": "x:note", "@language": null, "@direction": null},
          "xTitle": {"@id": "x:title", "@language": "ar", "@direction": "rtl"},
          "xNotes": {"@id": "x:notes", "@container": "@language"},
          "xSteps": {"@id": "x:steps", "@container": "@list"},
          "xData": {"@id": "x:data", "@type": "@json"},
          "xDays": {"@id": "x:days", "@type": "xsd:date", "@container": "@set"},
          "xRatio": {"@id": "x:ratio", "@type": "xsd:double"},
          "xById": {"@id": "x:byId", "@container": "@id"},
          "xByType": {"@id": "x:byType", "@container": "@type"},
          "xByIndex": {"@id": "x:byIndex", "@container": "@index"},
          "xByRoom": {"@id": "x:byRoom", "@container": "@index", "@index": "x:room"},
          "xGraph": {"@id": "x:graph", "@container": "@graph"},
          "xGraphById": {"@id": "x:graphById", "@container": ["@graph", "@id"]},
          "xPartOf": {"@reverse": "x:hasPart"},
          "xGroup": "@nest",
          "xAlso": "@included",
          "xLevel": {"@id": "x:level", "@type": "@vocab"},
          "xHigh": "x:high",
          "xScoped": {"@id": "x:scoped", "@context": {"xHigh": "x:higher", "xInner": {"@id": "x:inner", "@type": "@id"}}},
          "xTyped": {"@id": "x:Typed", "@context": {"xOwn": {"@id": "x:own", "@type": "xsd:token"}}},
          "xTypedDeep": {"@id": "x:TypedDeep", "@context": {"@propagate": true, "xOwn": "x:deep"}}
        }
        """;

    private static readonly Gen<string> Text = String(AnyText);

    private static readonly Gen<string> Id = Gen.OneOf(
        "\"https://example.org/a\"", "\"https://example.org/a?b=c&d#e\"", "\"did:web:example.org%3A8443:x\"",
        "\"urn:uuid:6a0f5b42-1f0c-4d6c-9d3f-2f6a9f6e2b11\"",
        "\"https://ex\u00e4mple.org/\ud83c\udf93/~u\"", "\"mailto:ada@example.org\"", "\"_:b0\"", "\"_:other\"", "\"x:compact\"",
        "\"https://example.org/../b/./c\"");

    private static readonly Gen<string> Date =
        Gen.OneOf("\"2025-03-14T09:26:53Z\"", "\"2025-03-14T09:26:53.120+01:00\"", "\"2025-03-14\"", "\"tomorrow\"");

    private static readonly Gen<string> Language = Gen.OneOf("en", "cy", "en-GB", "zh-Hans-CN", "DE-1996", "x-own");

    private static readonly Gen<string> Tagged = ObjectOf(Always("@value", Text), Always("@language", String(Language)));

    // jsonld.js takes values for the same that differ in their direction alone, and drops one: here a text has one direction.
    private static readonly Gen<string> Directed = Gen.OneOf("ltr", "rtl").SelectMany(direction => ObjectOf(
        Always("@value", String(AnyText.Select(text => $"{text} {direction}"))), Sometimes("@language", String(Language)),
        Always("@direction", $"\"{direction}\"")));

    private static readonly Gen<string> Said = OneOrMore(Gen.Frequency((4, Text), (2, Tagged), (1, Directed)));

    private static readonly Gen<string> Picture = ObjectOf(Always("id", Id), Always("type", "\"Image\""), Sometimes("caption", Said));

    private static readonly Gen<string> Identifier = ObjectOf(
        Always("type", "\"IdentityObject\""), Always("hashed", Gen.OneOf("true", "false")), Always("identityHash", Text),
        Sometimes("salt", Text));

    private static readonly Gen<string> Alignment = ObjectOf(
        Sometimes("id", Id), Always("type", Gen.OneOf("\"Alignment\"", "[\"Alignment\"]")), Always("targetName", Said),
        Always("targetUrl", Id),
        Sometimes("targetCode", Text), Sometimes("targetDescription", Said), Sometimes("targetFramework", Gen.Const("\"Same\"")),
        Sometimes("targetType", Text));

    private static readonly Gen<string> Rubric = ObjectOf(
        Sometimes("id", Id), Always("type", "[\"RubricCriterionLevel\"]"), Always("name", Text), Sometimes("level", Text),
        Sometimes("points", Gen.OneOf(Text, Number)),
        Sometimes("alignment", ArrayOf(Alignment)));

    private static readonly Gen<string> ResultDescription = ObjectOf(
        Always("id", Id), Always("type", "[\"ResultDescription\"]"), Always("name", Text), Sometimes("allowedValue", ArrayOf(Text, 0, 4)),
        Sometimes("valueMax", Text),
        Sometimes("requiredValue", Gen.OneOf(Text, Number)), Sometimes("rubricCriterionLevel", ArrayOf(Rubric)));

    private static readonly Gen<string> Result = ObjectOf(
        Always("type", "[\"Result\"]"), Sometimes("resultDescription", Id), Sometimes("value", Gen.OneOf(Text, Number)),
        Sometimes("status", Gen.Const("\"Completed\"")));

    private static readonly Gen<string> Evidence = ObjectOf(
        Sometimes("id", Id), Always("type", "[\"Evidence\"]"), Sometimes("name", Said), Sometimes("narrative", Said),
        Sometimes("genre", Text), Sometimes("audience", Text));

    private static readonly Gen<string> Address = ObjectOf(
        Always("type", "[\"Address\"]"), Sometimes("addressLocality", Text),
        Sometimes("geo", Object(("type", Gen.Const("\"GeoCoordinates\"")), ("latitude", Number), ("longitude", Number))));

    private static readonly Gen<string> Profile = Gen.OneOf(Id, ObjectOf(
        Sometimes("id", Id), Always("type", Gen.OneOf("[\"Profile\"]", "\"Profile\"")), Sometimes("name", Said), Sometimes("url", Id),
        Sometimes("email", Text),
        Sometimes("address", Address), Sometimes("image", Picture), Sometimes("description", Said), Seldom("dateOfBirth", Date)));

    private static readonly Gen<string> Proof = ObjectOf(
        Always("type", "\"DataIntegrityProof\""), Always("created", Date), Always("cryptosuite", "\"ecdsa-rdfc-2019\""),
        Always("proofPurpose", "\"assertionMethod\""),
        Always("verificationMethod", Id), Always("proofValue", Text));

    private static readonly Gen<string> Endorsement = ObjectOf(
        Sometimes("id", Id), Always("type", "[\"VerifiableCredential\",\"EndorsementCredential\"]"), Always("issuer", Profile),
        Always("validFrom", Date), Sometimes("name", Said),
        Always("credentialSubject", ObjectOf(
            Always("id", Id), Always("type", "[\"EndorsementSubject\"]"), Sometimes("endorsementComment", Said))),
        Seldom("proof", OneOrMore(Proof)));

    private static readonly Gen<string> Related = ObjectOf(Always("id", Id), Always("type", "[\"Related\"]"), Sometimes("version", Text));

    private static readonly Gen<string> Achievement = ObjectOf(
        Sometimes("id", Id), Always("type", Gen.OneOf("[\"Achievement\"]", "\"Achievement\"")), Always("name", Said),
        Always("description", Said),
        Always("criteria", ObjectOf(Sometimes("id", Id), Always("narrative", Said))), Sometimes("achievementType", Gen.Const("\"Badge\"")),
        Sometimes("alignment", ArrayOf(Alignment, 0, 4)), Sometimes("creator", Profile), Sometimes("creditsAvailable", Number),
        Sometimes("image", Picture),
        Sometimes("resultDescription", ArrayOf(ResultDescription)), Sometimes("tag", OneOrMore(Text)),
        Sometimes("related", ArrayOf(Related)),
        Sometimes("endorsement", ArrayOf(Endorsement, 0, 2)),
        Sometimes("otherIdentifier", ArrayOf(Object(
            ("type", Gen.Const("\"IdentifierEntry\"")), ("identifier", Text), ("identifierType", Text)))));

    private static readonly Gen<string> Subject = ObjectOf(
        Sometimes("id", Id), Always("type", "[\"AchievementSubject\"]"), Always("achievement", Achievement),
        Sometimes("identifier", OneOrMore(Identifier)),
        Sometimes("result", ArrayOf(Result)), Sometimes("creditsEarned", Number), Sometimes("role", Text), Sometimes("narrative", Said),
        Sometimes("activityEndDate", Date));

    private static readonly Gen<string> Thing = ObjectOf(
        Sometimes("id", Id), Always("name", Text),
        Sometimes("type", OneOrMore(Gen.OneOf("\"xTyped\"", "\"xTypedDeep\"", "\"Profile\"", "\"x:Typeless\""))),
        Sometimes("x:count", Number));

    private static readonly Gen<string> Typed = ObjectOf(
        Always("type", "[\"xTyped\"]"), Always("xOwn", Text), Sometimes("x:in", Thing), Sometimes("@graph", ArrayOf(Thing)));

    private static readonly Gen<string> Deep = ObjectOf(
        Always("type", "[\"xTypedDeep\"]"), Always("xOwn", Said), Always("x:in", ObjectOf(Always("xOwn", Number), Always("x:in", Typed))));

    private static Gen<string> Map(Gen<string> name, Gen<string> value) =>
        Gen.Select(name.Array[0, 3], value.Array[3], (names, values) =>
            $"{{{string.Join(',', names.Distinct().Select((n, i) => $"{n}:{values[i]}"))}}}");

    private static readonly Gen<string>[] Own =
    [
        Seldom("xNote", OneOrMore(Text)), Seldom("xPlain", Text), Seldom("xTitle", OneOrMore(Text)),
        Seldom("xNotes", Map(String(Gen.OneOf(Language, Gen.Const("@none"))), OneOrMore(Text))),
        Seldom("xSteps", ArrayOf(Gen.OneOf(Text, Number, Thing))),
        Seldom("xSteps2", ArrayOf(Text)).Select(m => m.Replace("xSteps2", "x:plain", StringComparison.Ordinal)),
        Seldom("xData", Anything), Seldom("xDays", OneOrMore(Date)), Seldom("xRatio", OneOrMore(Number.Where(n => n != "-0"))),
        Seldom("xById", Map(Id, OneOrMore(Thing))),
        Seldom("xByType", Map(Gen.OneOf("\"xTyped\"", "\"Profile\"", "\"@none\""), OneOrMore(ObjectOf(Always("name", Text))))),
        Seldom("xByIndex", Map(Text, OneOrMore(Gen.OneOf(Text, Number)))),
        Seldom("xByRoom", Map(Text, OneOrMore(ObjectOf(Always("name", Text))))),
        Seldom("xGraph", OneOrMore(ObjectOf(Always("name", Text), Sometimes("id", Id)))),
        Seldom("xGraphById", Map(Id, OneOrMore(ObjectOf(Always("name", Text))))),
        Seldom("xPartOf", OneOrMore(Gen.OneOf(ObjectOf(Always("id", Id)), Thing))),
        Seldom("xGroup", OneOrMore(ObjectOf(Sometimes("x:one", Text), Sometimes("x:two", Number)))),
        Seldom("xAlso", OneOrMore(Thing)), Seldom("xLevel", Gen.OneOf("\"xHigh\"", "\"https://example.org/high\"", "\"x:any\"")),
        Seldom("xScoped", ObjectOf(Always("xHigh", Text), Sometimes("xInner", Id))), Seldom("x:typed", OneOrMore(Gen.OneOf(Typed, Deep))),
        Seldom("x:literal", OneOrMore(Object(
            ("@value", Gen.OneOf(Text, Number, Gen.Const("true"))), ("@type", Gen.OneOf("\"xsd:decimal\"", "\"x:own\""))))),
        Seldom("x:list", Object(("@list", ArrayOf(Gen.OneOf(Text, Object(("@list", ArrayOf(Number, 1))), Thing))))),
        Seldom("x:reversed", ObjectOf(Always("@reverse", ObjectOf(Always("x:by", Thing))))),
    ];

    /// <summary>With the data model 2.0, where the contexts know more.</summary>
    private static readonly Gen<string> Newer = Credential(
        "https://www.w3.org/ns/credentials/v2",
        ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"],
        Sometimes("awardedDate", Date),
        Sometimes("credentialSchema", ArrayOf(Object(("id", Id), ("type", Gen.Const("\"1EdTechJsonSchemaValidator2019\""))))),
        Sometimes("credentialStatus", Object(
            ("id", Id), ("type", Gen.Const("\"BitstringStatusListEntry\"")), ("statusPurpose", Gen.Const("\"revocation\"")),
            ("statusListIndex", Text), ("statusListCredential", Id))));

    private static readonly Gen<string> Middle =
        Credential("https://www.w3.org/ns/credentials/v2", ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"]);

    /// <summary>With the data model 1.1.</summary>
    private static readonly Gen<string> Older = Credential(
        "https://www.w3.org/2018/credentials/v1",
        ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", "https://w3id.org/security/data-integrity/v2"],
        Sometimes("issuanceDate", Date));

    public static Gen<string> Any { get; } = Gen.Frequency((3, Newer), (1, Middle), (1, Older));

    private static Gen<string> Credential(string model, string[] badges, params Gen<string>[] more) => ObjectOf(
    [
        Always("@context", $"[{string.Join(',', badges.Prepend(model).Select(url => $"\"{url}\""))},{OwnTerms}]"), Always("id", Id),
        Always("type", Gen.OneOf("OpenBadgeCredential", "AchievementCredential").Select(type => $"[\"VerifiableCredential\",\"{type}\"]")),
        Always("name", Said), Sometimes("description", Said), Always("issuer", Profile), Always("validFrom", Date),
        Sometimes("validUntil", Date),
        Always("credentialSubject", OneOrMore(Subject)), Sometimes("evidence", OneOrMore(Evidence)),
        Sometimes("endorsement", ArrayOf(Endorsement)),
        Sometimes("image", Picture), Seldom("proof", OneOrMore(Proof)), .. Own, .. more,
    ]);
}
