using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>What people send in place of a badge, and how badges come: each has its sentence, and none is called forged.</summary>
public sealed class CredentialFileTests(IssuedHub issued) : IClassFixture<IssuedHub>, IAsyncLifetime
{
    private readonly Strangers _strangers = new(issued.Hub);

    public static TheoryData<string, byte[], string> Others => new()
    {
        { "a photo", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8], "photo" },
        { "a photo of a telephone", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0], "photo" },
        { "a picture of a chat", [.. "RIFF"u8, 1, 2, 3, 4, .. "WEBPVP8 "u8], "photo" },
        { "a moving picture", [.. "GIF89a"u8, 1, 0], "photo" },
        { "a document", [.. "%PDF-1.7"u8], "photo" },
        { "half a PNG", [137, 80, 78, 71, 13, 10, 26, 10, 0, 0], "badPicture" },
        { "half a record", [.. """{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"""u8], "badJson" },
        { "a text", [.. "My badge, please find attached"u8], "noBadge" },
        { "a token of two parts", [.. "eyJhbGciOiJFUzI1NiJ9.e30"u8], "noBadge" },
        { "nothing shown", [.. """{"type":"VerifiablePresentation"}"""u8], "nothingShown" },
        { "eleven shown", Encoding.UTF8.GetBytes(Presentation(Enumerable.Repeat("{}", CredentialFile.MaxShown + 1))), "tooMany" },
        { "no token in an envelope", [.. """{"id":"data:application/vc+jwt,x"}"""u8], "noBadge" },
        { "too much", new byte[CredentialFile.MaxBytes + 1], "tooLarge" },
    };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_badge_has_a_sentence_of_its_own(string what, byte[] file, string words)
    {
        var report = await _strangers.VerifyAsync(file);

        Assert.True(report.Answers() == (Answer.Unknown, Answer.Unknown, Answer.Unknown), what);
        Assert.Equal((CheckOutcome.Unknown, $"Check.input.{words}"), report.Of("input"));
    }

    [Theory]
    [InlineData("""{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://college.example/a"}""", "2.0")]
    [InlineData("""{"@context":["https://w3id.org/openbadges/v2"],"type":"Assertion","badge":"https://college.example/b"}""", "2.0")]
    [InlineData("""{"@context":"https://w3id.org/openbadges/v1","type":"Assertion"}""", "1.1")]
    [InlineData("""{"uid":"1","recipient":"a","badge":"https://college.example/b","verify":{"type":"hosted"}}""", "1.0")]
    public async Task A_badge_of_an_older_kind_is_called_what_it_is(string badge, string version)
    {
        foreach (var given in new[] { badge, Forge.Jwt("""{"alg":"RS256"}""", Encoding.UTF8.GetBytes(badge), _ => new byte[256]) })
        {
            var report = await _strangers.VerifyAsync(given);

            Assert.Equal((CheckOutcome.Unknown, "Check.schema.older"), report.Of("schema"));
            Assert.Equal([$"Open Badges {version}"], report.Checks.Single(c => c.Id == "schema").Arguments);
            Assert.Equal(Answer.Unknown, report.Authentic);
        }
    }

    [Fact]
    public async Task The_one_badge_of_a_presentation_is_read_in_each_form()
    {
        var issuer = _strangers.Issuer("did:key");
        var badge = SomeForeignBadge.Credential(issuer.Id);
        var token = issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)));
        foreach (var shown in new JsonNode[]
        {
            issuer.Proved(badge, Cryptosuite.EcdsaRdfc2019),
            JsonValue.Create(token)!,
            new JsonObject { ["id"] = "data:application/vc+jwt," + token, ["type"] = "EnvelopedVerifiableCredential" },
        })
        {
            foreach (var list in new[] { shown.DeepClone(), new JsonArray(shown.DeepClone()) })
            {
                var report = await _strangers.VerifyAsync(new JsonObject
                {
                    ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
                    ["type"] = new JsonArray("VerifiablePresentation"),
                    ["verifiableCredential"] = list,
                });

                Assert.Equal(Answer.Yes, report.Authentic);
            }
        }
    }

    [Fact]
    public async Task Each_badge_of_a_presentation_is_answered_by_itself_in_their_order()
    {
        var issuer = _strangers.Issuer("did:key");
        var changed = issuer.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaRdfc2019);
        changed["name"] = "Another";
        var token = JsonValue.Create(issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id))))!;
        using var desk = new VerificationDesk(_strangers.Verifier(), issued.Hub.Time);

        var shown = await desk.VerifyAsync(
            Encoding.UTF8.GetBytes(Presentation([token.ToJsonString(), changed.ToJsonString(), "7", token.ToJsonString()])),
            TestContext.Current.CancellationToken);

        Assert.Equal([Answer.Yes, Answer.No, Answer.Unknown, Answer.Yes], shown!.Select(b => b.Report.Authentic));
    }

    [Theory]
    [InlineData(KeyKind.Ed25519)]
    [InlineData(KeyKind.P256)]
    public async Task A_DID_that_is_a_key_names_it_without_a_fragment(KeyKind kind)
    {
        var issuer = _strangers.Issuer("did:key", kind);
        var token = issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)), h => h["kid"] = issuer.Id);
        var other = issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)), h => h["kid"] = SomeKeys.Of(kind).Did);

        Assert.Equal(Answer.Yes, (await _strangers.VerifyAsync(token)).Authentic);
        Assert.Equal((CheckOutcome.Fail, "Check.key.notIssuers"), (await _strangers.VerifyAsync(other)).Of("key"));
    }

    [Fact]
    public async Task A_proof_that_cannot_be_read_is_could_not_check_and_takes_nothing_from_a_good_one()
    {
        var issuer = _strangers.Issuer("did:key");
        foreach (var malformed in new[] { "{}", """{"type":"Ed25519Signature2018","created":"2025-01-01T00:00:00Z","jws":7}""" })
        {
            var badge = issuer.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaRdfc2019);
            var alone = badge.DeepClone();
            alone["proof"] = JsonNode.Parse(malformed);
            badge["proof"] = new JsonArray(JsonNode.Parse(malformed), badge["proof"]!.DeepClone());

            Assert.Equal((CheckOutcome.Unknown, "Check.proof.malformed"), (await _strangers.VerifyAsync(alone)).Of("proof"));
            Assert.Equal(Answer.Yes, (await _strangers.VerifyAsync(badge)).Authentic);
        }
    }

    private static string Presentation(IEnumerable<string> shown) =>
        $$"""{"type":["VerifiablePresentation"],"verifiableCredential":[{{string.Join(',', shown)}}]}""";
}
