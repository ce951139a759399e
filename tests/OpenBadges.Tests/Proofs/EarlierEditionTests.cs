using System.Text.Json.Nodes;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

/// <summary>Contexts have changed in place: what was signed when they said something else still verifies, and nothing else does.</summary>
public sealed class EarlierEditionTests
{
    private readonly SomeKeyPair _key = SomeKeys.Of(KeyKind.Ed25519);

    private static readonly string[][] Contexts =
    [
        [
            "https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
            "https://w3id.org/security/suites/ed25519-2020/v1"
        ],
        [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://w3id.org/security/suites/ed25519-2020/v1"
        ],
    ];

    public static TheoryData<int, int> Editions =>
    [
        .. Contexts.SelectMany((_, i) => SomeProof.Editions(SomeProof.Element(Badge("urn:issuer", i))).Select((_, e) => (i, e))),
    ];

    [Theory]
    [MemberData(nameof(Editions))]
    public async Task A_badge_that_was_signed_under_any_edition_verifies(int contexts, int edition)
    {
        var badge = Badge(_key.Did, contexts);

        var processor = SomeProof.Editions(SomeProof.Element(badge)).ElementAt(edition);
        var signed = SomeProof.Sign(badge, Cryptosuite.Ed25519Signature2020, _key, edition: processor);

        var report = await SomeProof.VerifyAsync(signed);
        Assert.Equal((ProofOutcome.Good, ""), (report.Outcome, report.Outcome == ProofOutcome.Good ? "" : report.Reason));
        signed["credentialSubject"]!["achievement"]!["name"] = "Rope making";
        Assert.Equal(ProofOutcome.Bad, (await SomeProof.VerifyAsync(signed)).Outcome);
    }

    [Fact]
    public void The_editions_say_different_things_or_they_would_show_nothing()
    {
        var badge = SomeProof.Element(Badge("urn:issuer", 0));

        var statements = SomeProof
            .Editions(badge)
            .Select(e => Convert.ToHexString(CredentialRdf.Canonicalize(e, badge, RdfHash.Sha256).NQuads.Span))
            .ToList();

        Assert.Equal((6, 2), (statements.Count, statements.Distinct().Count()));
    }

    [Fact]
    public void What_needs_too_much_work_under_one_edition_is_not_tried_under_another()
    {
        var badge = SomeProof.Element(Badge("urn:issuer", 0));
        var tried = 0;

        Assert.Throws<JsonLdException>(() => SomeProof.Secured(badge).UnderAnyEdition(_ =>
        {
            tried++;
            throw new JsonLdException(Rdfc10.WorkLimitExceeded, "");
        }));

        Assert.Equal(1, tried);
    }

    private static JsonObject Badge(string issuer, int contexts) => JsonNode.Parse($$"""
        {
          "@context": ["{{string.Join("\", \"", Contexts[contexts])}}"],
          "id": "https://elsewhere.example/badges/1",
          "type": ["VerifiableCredential", "OpenBadgeCredential"],
          "issuer": { "id": "{{issuer}}", "type": ["Profile"] },
          "{{(contexts == 0 ? "issuanceDate" : "validFrom")}}": "2026-06-01T10:00:00Z",
          "credentialSubject": {
            "id": "urn:uuid:0a1b2c3d-0000-4000-8000-000000000001",
            "type": ["AchievementSubject"],
            "achievement": {
              "id": "https://elsewhere.example/classes/knots",
              "type": ["Achievement"],
              "name": "Knot tying",
              "description": "Ties ten knots."
            }
          }
        }
        """)!.AsObject();
}
