using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Proofs;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>
/// H3: a badge may hold endorsements, which are credentials of their own with a context of their own
/// (https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential). They are part of what is signed, and say nothing of the badge.
/// </summary>
[Collection(nameof(IssuedHub))]
public sealed class EndorsedBadgeTests(IssuedHub issued) : IAsyncDisposable
{
    private const string OpenBadges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    private readonly Strangers _strangers = new(issued.Hub);

    public static TheoryData<Cryptosuite, KeyKind, string> Places =>
    [
        .. SomeProof.Suites.SelectMany(s => new[] { "credential", "achievement", "issuer" }.Select(p => (s.Data.Item1, s.Data.Item2, p))),
    ];

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_endorsement_with_its_own_context_and_proof_is_read_and_its_end_is_not_the_badges(
        Cryptosuite suite, KeyKind kind, string place)
    {
        var issuer = _strangers.Issuer("did:key", kind);
        var badge = SomeForeignBadge.Credential(issuer.Id);
        Place(badge, place)["endorsement"] = new JsonArray(Endorsement("https://www.w3.org/ns/credentials/v2", OpenBadges));

        if (suite == Cryptosuite.EcdsaSd2023)
        {
            // Nothing that could be left out on its own.
            Place(badge, place)["endorsement"]![0]!.AsObject().Remove("proof");
        }

        var proved = issuer.Proved(badge, suite);
        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Unknown), (await _strangers.VerifyAsync(proved)).Answers());

        Place(proved, place)["endorsement"]![0]!["credentialSubject"]!["endorsementComment"] = "The very best there is.";
        Assert.Equal(Answer.No, (await _strangers.VerifyAsync(proved)).Authentic);
    }

    [Fact]
    public async Task An_endorsement_may_have_words_that_the_badge_has_not()
    {
        var issuer = _strangers.Issuer("did:key");
        var badge = SomeForeignBadge.Credential(issuer.Id);
        var endorsement = Endorsement("https://www.w3.org/ns/credentials/v2", OpenBadges, "https://w3id.org/security/data-integrity/v2");
        badge["endorsement"] = new JsonArray(endorsement);

        var report = await _strangers.VerifyAsync(issuer.Proved(badge, Cryptosuite.EcdsaRdfc2019));

        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Unknown), report.Answers());
    }

    [Fact]
    public async Task An_endorsement_as_a_token_is_read_as_well()
    {
        var issuer = _strangers.Issuer("did:key");
        var badge = SomeForeignBadge.Credential(issuer.Id);
        badge["endorsementJwt"] = new JsonArray("eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmVk");

        var report = await _strangers.VerifyAsync(issuer.Proved(badge, Cryptosuite.EcdsaRdfc2019));

        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Unknown), report.Answers());
    }

    [Fact]
    public async Task A_context_that_is_not_pinned_is_not_read_wherever_it_stands()
    {
        var issuer = _strangers.Issuer("did:key");
        var badge = SomeForeignBadge.Credential(issuer.Id);
        var proved = issuer.Proved(badge, Cryptosuite.EcdsaRdfc2019);
        var endorsement = Endorsement("https://www.w3.org/ns/credentials/v2", "https://elsewhere.example/context.json");
        proved["endorsement"] = new JsonArray(endorsement);

        var report = await _strangers.VerifyAsync(proved);

        Assert.Equal(Answer.Unknown, report.Authentic);
        Assert.Empty(_strangers.Internet.Requests);
    }

    private static JsonObject Place(JsonObject badge, string place) => place switch
    {
        "achievement" => badge["credentialSubject"]!["achievement"]!.AsObject(),
        "issuer" => badge["issuer"]!.AsObject(),
        _ => badge,
    };

    // Over since long ago, revoked for all that anybody knows, and with a proof of its own.
    private static JsonObject Endorsement(params string[] contexts)
    {
        var endorsement = JsonNode.Parse(
            """
            {
              "id": "https://museum.example/endorsements/1",
              "type": ["VerifiableCredential", "EndorsementCredential"],
              "name": "The museum's word",
              "issuer": { "id": "https://museum.example/", "type": ["Profile"], "name": "A museum" },
              "validFrom": "2020-01-02T03:04:05Z",
              "validUntil": "2020-02-03T04:05:06Z",
              "credentialSubject": {
                "id": "https://college.example/classes/tides",
                "type": ["EndorsementSubject"],
                "endorsementComment": "Worth having."
              },
              "credentialStatus": {
                "id": "https://museum.example/status/1#7",
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": "7",
                "statusListCredential": "https://museum.example/status/1"
              },
              "proof": {
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-rdfc-2022",
                "created": "2020-01-02T03:04:05Z",
                "verificationMethod": "https://museum.example/#key",
                "proofPurpose": "assertionMethod",
                "proofValue": "z3FXQqFZ5xvrQ5NVzBz9xM6yQbBL6pSgX6HcCTgMk4mK9ZrT1kYPjU9i8n7xvWcQ2sD5fGhJkLmNpQrStUvWxYz"
              }
            }
            """)!.AsObject();
        endorsement["@context"] = new JsonArray([.. contexts.Select(c => JsonValue.Create(c))]);
        return endorsement;
    }
}
