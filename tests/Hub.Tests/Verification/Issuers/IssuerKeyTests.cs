using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;

namespace CitiesOfLearning.Hub.Tests.Verification.Issuers;

/// <summary>A signature that fits is worth nothing unless the key is the issuer's: who else can get a yes?</summary>
[Collection(nameof(IssuedHub))]
public sealed class IssuerKeyTests(IssuedHub issued) : IAsyncDisposable
{
    private const string WebDocument = $"{SomeIssuer.Host}/.well-known/did.json";
    private const string Profile = $"{SomeIssuer.Host}/issuers/7";

    private readonly Strangers _strangers = new(issued.Hub);

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    /// <summary>What is wrong in the document, and the sentence that must say so.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { "another id", "notListed" },
        { "no id", "notListed" },
        { "another key", "notListed" },
        { "for authentication only", "notListed" },
        { "two keys of one id", "ambiguous" },
        { "another controller", "notIssuers" },
        { "no controller", "notIssuers" },
        { "several controllers", "notIssuers" },
        { "revoked", "ended" },
        { "expired", "ended" },
        { "an end that cannot be read", "unsound" },
        { "a private key", "unsound" },
        { "a kind of key that the hub does not know", "unsound" },
        { "nothing about keys", "unreachable" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_document_that_does_not_give_the_key_to_the_issuer_gives_no_yes(string wrong, string words)
    {
        foreach (var (way, address) in new[] { ("did:web", WebDocument), ("https", Profile) })
        {
            var issuer = _strangers.Issuer(way);
            _strangers.Internet.Serve(address, Spoilt(issuer.Document(), wrong));

            var report = await _strangers.VerifyAsync(Badge(issuer));

            Assert.Equal(words is "unsound" or "unreachable" or "ambiguous" ? Answer.Unknown : Answer.No, report.Authentic);
            Assert.Equal($"Check.key.{words}", report.Of("key").TextKey);
            Assert.Null(report.Badge);
        }
    }

    [Theory]
    [InlineData("did:web", WebDocument)]
    [InlineData("https", Profile)]
    public async Task A_method_that_is_written_where_it_is_defined_and_again_where_it_is_used_is_one(string way, string address)
    {
        var issuer = _strangers.Issuer(way);
        var document = issuer.Document();
        var method = document["verificationMethod"]![0]!;
        document["verificationMethod"]!.AsArray().Add(method.DeepClone());
        document["assertionMethod"] = new JsonArray(method.DeepClone());
        _strangers.Internet.Serve(address, document);

        Assert.Equal(Answer.Yes, (await _strangers.VerifyAsync(Badge(issuer))).Authentic);
    }

    [Theory]
    [InlineData("did:web")]
    [InlineData("did:web with a path")]
    [InlineData("https")]
    [InlineData("https and a key elsewhere")]
    public async Task A_document_that_is_not_there_or_not_JSON_is_could_not_check(string way)
    {
        foreach (var page in new[] { null, "<html>", "[]", "{\"id\":1,\"id\":2}" })
        {
            await using var strangers = new Strangers(issued.Hub);
            var issuer = strangers.Issuer(way);
            foreach (var url in new[] { WebDocument, $"{SomeIssuer.Host}/arts/music/did.json", Profile })
            {
                strangers.Internet.Remove(url);
                if (page is not null)
                {
                    strangers.Internet.Serve(url, System.Text.Encoding.UTF8.GetBytes(page));
                }
            }

            var report = await strangers.VerifyAsync(Badge(issuer));

            Assert.Equal((Answer.Unknown, Answer.Unknown, Answer.Unknown), report.Answers());
            Assert.Equal((CheckOutcome.Unknown, "Check.key.unreachable"), report.Of("key"));
        }
    }

    [Fact]
    public async Task A_document_that_another_host_gives_after_a_redirect_does_not_speak_for_the_issuer()
    {
        var issuer = _strangers.Issuer("did:web");
        _strangers.Internet.Serve("https://mallory.example/did.json", issuer.Document());
        _strangers.Internet.Redirect(WebDocument, "https://mallory.example/did.json");

        Assert.Equal((CheckOutcome.Unknown, "Check.key.unreachable"), (await _strangers.VerifyAsync(Badge(issuer))).Of("key"));
    }

    [Theory]
    [InlineData("did:key")]
    [InlineData("did:jwk")]
    [InlineData("did:web")]
    [InlineData("https")]
    [InlineData("https and a key elsewhere")]
    [InlineData("host keys")]
    public async Task Mallorys_key_signs_for_nobody_else(string way)
    {
        var victim = _strangers.Issuer(way);
        var malloryKey = SomeKeys.Of(KeyKind.P256);
        var mallory = new SomeIssuer("https://mallory.example/me", "https://mallory.example/me#k1", malloryKey);
        _strangers.Internet.Serve("https://mallory.example/me", mallory.Document());

        // Mallory's own document says that the victim controls the key; Mallory's DIDs are Mallory's; the victim's method has another key.
        var claimed = new SomeIssuer(victim.Id, "https://mallory.example/k", malloryKey);
        _strangers.Internet.Serve("https://mallory.example/k", claimed.VerificationMethod());
        foreach (var method in new[]
        {
            "https://mallory.example/k",
            mallory.Method,
            $"{malloryKey.Did}#{malloryKey.Multibase}",
            $"{malloryKey.DidJwk}#0",
            victim.Method
        })
        {
            var forger = new SomeIssuer(victim.Id, method, malloryKey);

            var proved = await _strangers.VerifyAsync(Badge(forger));
            var token = await _strangers.VerifyAsync(forger.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(victim.Id))));

            Assert.NotEqual(Answer.Yes, proved.Authentic);
            Assert.NotEqual(Answer.Yes, token.Authentic);
        }
    }

    [Fact]
    public async Task A_key_below_the_issuers_address_that_the_issuer_does_not_list_proves_nothing()
    {
        // Where people may upload files, anybody can put a key there.
        var issuer = new SomeIssuer(SomeIssuer.Host, $"{SomeIssuer.Host}/uploads/mallory.json", SomeKeys.Of(KeyKind.P256));
        _strangers.Internet.Serve(issuer.Method, issuer.VerificationMethod());
        _strangers.Internet.Serve(
            $"{SomeIssuer.Host}/", new SomeIssuer(issuer.Id, $"{issuer.Id}#k1", SomeKeys.Of(KeyKind.P256)).Document());

        var report = await _strangers.VerifyAsync(Badge(issuer));

        Assert.Equal(Answer.No, report.Authentic);
        Assert.Equal((CheckOutcome.Fail, "Check.key.notListed"), report.Of("key"));
    }

    [Fact]
    public async Task A_key_elsewhere_that_the_issuer_lists_must_name_the_issuer_as_its_controller()
    {
        var issuer = _strangers.Issuer("https and a key elsewhere");
        var method = issuer.VerificationMethod();
        method["controller"] = "https://college.example/issuers/8";
        _strangers.Internet.Serve(issuer.Method, method);

        Assert.Equal((CheckOutcome.Fail, "Check.key.notIssuers"), (await _strangers.VerifyAsync(Badge(issuer))).Of("key"));
    }

    [Theory]
    [InlineData("did:web:127.0.0.1")]
    [InlineData("did:web:localhost")]
    [InlineData("did:web:college.example%3A8443")]
    [InlineData("did:web:college.example:..:x")]
    [InlineData("did:web:college.example%2Fx")]
    [InlineData("did:ethr:0xb9c5714089478a327f09197987f16f9e5d936e8a")]
    [InlineData("did:key:zNoKey")]
    [InlineData("http://college.example/issuers/7")]
    [InlineData("urn:uuid:1d9e2f0a-52c2-4c0a-9c58-7f4b1c6f3f12")]
    [InlineData("mailto:registrar@college.example")]
    public async Task An_issuer_that_cannot_be_looked_up_is_could_not_check_and_nobody_is_called(string id)
    {
        var issuer = new SomeIssuer(id, $"{id}#k1", SomeKeys.Of(KeyKind.P256));

        var report = await _strangers.VerifyAsync(Badge(issuer));

        Assert.Equal((Answer.Unknown, Answer.Unknown, Answer.Unknown), report.Answers());
        Assert.Empty(_strangers.Internet.Requests);
    }

    private static JsonNode Badge(SomeIssuer issuer) => issuer.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaRdfc2019);

    private static JsonObject Spoilt(JsonObject document, string wrong)
    {
        var method = document["verificationMethod"]![0]!.AsObject();
        switch (wrong)
        {
            case "another id":
                document["id"] = $"{document["id"]}2";
                break;
            case "no id":
                document.Remove("id");
                break;
            case "another key":
                (method["id"], document["assertionMethod"]) = ($"{document["id"]}#k2", new JsonArray($"{document["id"]}#k2"));
                break;
            case "for authentication only":
                document["authentication"] = document["assertionMethod"]!.DeepClone();
                document.Remove("assertionMethod");
                break;
            case "two keys of one id":
                var other = method.DeepClone();
                other["publicKeyMultibase"] = SomeKeys.Of(KeyKind.P256).Multibase;
                document["verificationMethod"]!.AsArray().Add(other);
                break;
            case "another controller":
                method["controller"] = "did:web:mallory.example";
                break;
            case "no controller":
                method.Remove("controller");
                break;
            case "several controllers":
                method["controller"] = new JsonArray(document["id"]!.DeepClone(), "did:web:mallory.example");
                break;
            case "revoked":
                method["revoked"] = "2025-06-01T00:00:00Z";
                break;
            case "expired":
                method["expires"] = "2025-06-01T00:00:00Z";
                break;
            case "an end that cannot be read":
                method["expires"] = "soon";
                break;
            case "a private key":
                method.Remove("publicKeyMultibase");
                (method["type"], method["publicKeyJwk"]) = ("JsonWebKey", JsonNode.Parse(
                    """{"kty":"EC","crv":"P-256","x":"x","y":"y","d":"d"}"""));
                break;
            case "a kind of key that the hub does not know":
                method["type"] = "EcdsaSecp256k1VerificationKey2019";
                break;
            default:
                document.Remove("verificationMethod");
                document.Remove("assertionMethod");
                break;
        }

        return document;
    }
}
