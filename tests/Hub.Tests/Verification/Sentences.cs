using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Tests.Verification.Fetching;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>What is handed in, and the one sentence of the report that it stands for here.</summary>
/// <param name="Check">Such as <c>proof</c>.</param>
/// <param name="Words">The sentence after <c>Check.{check}.</c></param>
/// <param name="Input">For people.</param>
internal sealed record Sentence(
    string Check, string Words, CheckOutcome Outcome, string Input, Func<Sentences, Task<VerificationReport>> Verify)
{
    public string TextKey => Words.Length == 0 ? "Check.skipped" : $"Check.{Check}.{Words}";
}

/// <summary>Every sentence that a report can have, each with an input that causes it.</summary>
/// <param name="hub">With a badge of Plymouth's.</param>
internal sealed class Sentences(HubUnderTest hub, IssuedBadge badge) : IAsyncDisposable
{
    private const string Document = $"{SomeIssuer.Host}/.well-known/did.json";
    private const string Page = $"{SomeIssuer.Host}/badge";

    private readonly Strangers _strangers = new(hub);

    public static IReadOnlyList<Sentence> All { get; } =
    [
        new("input", "found", CheckOutcome.Pass, "a badge", s => s.Own()),
        new("input", "fetched", CheckOutcome.Pass, "the address of a badge", s => s.At(Page, badge => badge)),
        new("input", "notBaked", CheckOutcome.Unknown, "a picture without a badge",
            s => s.Given(Some.Png())),
        new("input", "tooLarge", CheckOutcome.Unknown, "a file of 11 MB", s => s.Given(new byte[11_000_000])),
        new("input", "photo", CheckOutcome.Unknown, "a photo", s => s.Given([0xFF, 0xD8, 0xFF, 0xE0])),
        new("input", "badPicture", CheckOutcome.Unknown, "half a PNG", s => s.Given(s.HalfAPng)),
        new("input", "badJson", CheckOutcome.Unknown, "half a record", s => s.Given("""{"type":["VerifiableCredential" """)),
        new("input", "noBadge", CheckOutcome.Unknown, "a letter", s => s.Given("My badge, please find attached")),
        new("input", "tooMany", CheckOutcome.Unknown, "a presentation of eleven badges", s => s.Given(Presentation(11))),
        new("input", "nothingShown", CheckOutcome.Unknown, "a presentation of none", s => s.Given(Presentation(0))),
        new("input", "notShared", CheckOutcome.Unknown, "the address of a badge that is not public", s => s.Given(s.OwnAddress)),
        new("input", "unreachable", CheckOutcome.Unknown, "an address where nothing is", s => s.Given(Page)),
        new("input", "noBadgeThere", CheckOutcome.Unknown, "an address with something else", s => s.At(Page, _ => "Hello")),
        new("schema", "ok", CheckOutcome.Pass, "a badge", s => s.Own()),
        new("schema", "bad", CheckOutcome.Fail, "a badge without an achievement",
            s => s.Altered(Without("credentialSubject", "achievement"))),
        new("schema", "notJson", CheckOutcome.Unknown, "a signed text",
            s => s.Given(Forge.Jwt("""{"alg":"ES256"}""", "Hello"u8, _ => new byte[64]))),
        new("schema", "older", CheckOutcome.Unknown, "a badge of Open Badges 2.0", s => s.Given(
            """{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://college.example/a"}""")),
        new("schema", "notOurs", CheckOutcome.Fail, "signed by the city under another's address", s => s.Altered(
            c => (c["id"], c["jti"]) = ("https://evil.example/1", "https://evil.example/1"))),
        new("schema", "otherKind", CheckOutcome.Unknown, "the city's status list", s => s.StatusList()),
        new("proof", "ok", CheckOutcome.Pass, "a badge", s => s.Own()),
        new("proof", "badSignature", CheckOutcome.Fail, "a badge with another name", s => s.Embedded(c => c["name"] = "Surgeon")),
        new("proof", "unsupported", CheckOutcome.Unknown, "signed with an algorithm of tomorrow",
            s => s.Token(h => h["alg"] = "ML-DSA-44")),
        new("proof", "malformed", CheckOutcome.Unknown, "a proof without a value",
            s => s.Embedded(c => c["proof"]!.AsObject().Remove("proofValue"))),
        new("proof", "none", CheckOutcome.Fail, "a badge whose proof was taken off", s => s.Embedded(c => c.AsObject().Remove("proof"))),
        new("proof", "tooMuch", CheckOutcome.Unknown, "the last of several badges that were much work", s => s.Last()),
        new("key", "ok", CheckOutcome.Pass, "a badge", s => s.Own()),
        new("key", "notListed", CheckOutcome.Fail, "a key that the issuer's document does not list",
            s => s.Keys(Set("assertionMethod", new JsonArray()))),
        new("key", "notIssuers", CheckOutcome.Fail, "a key that its document gives to somebody else", s => s.Keys(
            d => d["verificationMethod"]![0]!["controller"] = "did:web:mallory.example")),
        new("key", "ended", CheckOutcome.Fail, "a key that was revoked", s => s.Keys(
            d => d["verificationMethod"]![0]!["revoked"] = "2025-06-01T00:00:00Z")),
        new("key", "unreachable", CheckOutcome.Unknown, "an issuer whose document is not there", s => s.Keys(null)),
        new("key", "ambiguous", CheckOutcome.Unknown, "two keys of one name", s => s.Keys(AnotherKeyOfThatName)),
        new("key", "unsound", CheckOutcome.Unknown, "a kind of key that the hub does not know", s => s.Keys(
            d => d["verificationMethod"]![0]!["type"] = "EcdsaSecp256k1VerificationKey2019")),
        new("key", "notNamed", CheckOutcome.Unknown, "a token that names no key", s => s.HostKey(h => h.Remove("kid"))),
        new("key", "otherMethod", CheckOutcome.Unknown, "an issuer with a DID that the hub cannot look up", s => s.OtherDid()),
        new("key", "otherIssuer", CheckOutcome.Fail, "Brighton's key under Plymouth's badge", s => s.OtherCity()),
        new("claims", "ok", CheckOutcome.Pass, "a badge as a token", s => s.Own()),
        new("claims", "within", CheckOutcome.Pass, "a badge with an embedded proof", s => s.Embedded(_ => { })),
        new("claims", "mismatch", CheckOutcome.Fail, "a token whose two copies differ", s => s.Altered(c => c["sub"] = "urn:uuid:1")),
        new("claims", "missing", CheckOutcome.Unknown, "a token without one of the claims", s => s.Altered(Without("jti"))),
        new("dates", "ok", CheckOutcome.Pass, "a badge that ends in 2099", s => s.Embedded(_ => { })),
        new("dates", "noExpiry", CheckOutcome.Pass, "a badge without an end", s => s.Own()),
        new("dates", "notYet", CheckOutcome.Fail, "a badge of 2098", s => s.Altered(
            c => (c["validFrom"], c["nbf"]) = ("2098-01-02T03:04:05Z", DateTimeOffset.Parse("2098-01-02T03:04:05Z").ToUnixTimeSeconds()))),
        new("dates", "expired", CheckOutcome.Fail, "a badge that ended in 2025", s => s.Altered(
            c => (c["validUntil"], c["exp"]) = ("2025-01-02T03:04:05Z", 1_735_787_045))),
        .. new[] { "revocation", "suspension" }.SelectMany(OfStatus),
        new("recipient", "skipped", CheckOutcome.Skipped, "a badge of a city here", s => s.Own()),
        new("recipient", "foreign", CheckOutcome.Skipped, "a badge of somebody else", s => s.Embedded(_ => { })),
        new("achievement", "ok", CheckOutcome.Pass, "a badge", s => s.Own()),
        new("achievement", "unknown", CheckOutcome.Fail, "a version that the city never agreed", s => s.Altered(
            c => c["credentialSubject"]!["achievement"]!["id"] = "https://hub.example/cities/plymouth/badges/tide-pool-surveyor/v9")),
        new("achievement", "changed", CheckOutcome.Fail, "another description than the city agreed", s => s.Altered(
            c => c["credentialSubject"]!["achievement"]!["description"] = "Is a surgeon.")),
        new("achievement", "unreachable", CheckOutcome.Unknown, "a badge while storage is away", s => s.StorageAway()),
        new("achievement", "foreign", CheckOutcome.Unknown, "a badge of somebody else", s => s.Embedded(_ => { })),
        new("provider", "ok", CheckOutcome.Pass, "a badge", s => s.Own()),
        new("provider", "notAllowed", CheckOutcome.Fail, "a provider that may not award it", s => s.Altered(
            c => c["credentialSubject"]!["source"]!["id"] = "https://hub.example/cities/plymouth#provider-plymouth-libraries")),
        new("provider", "unknown", CheckOutcome.Unknown, "a badge that names no provider",
            s => s.Altered(Without("credentialSubject", "source"))),
        new("provider", "foreign", CheckOutcome.Unknown, "a badge of somebody else", s => s.Embedded(_ => { })),
        new("picture", "same", CheckOutcome.Pass, "the badge's picture", s => s.OwnPicture(null)),
        new("picture", "differs", CheckOutcome.Fail, "the badge in another picture", s => s.OwnPicture("python-beginner")),
        new("picture", "none", CheckOutcome.Skipped, "a badge as a token", s => s.Own()),
        new("issuer", "ours", CheckOutcome.Pass, "a badge of a city here", s => s.Own()),
        new("issuer", "foreign", CheckOutcome.Pass, "a badge of somebody else", s => s.Keys(_ => { })),
        new("issuer", "nobody", CheckOutcome.Unknown, "a city that is not here", s => s.Altered(
            c => c["issuer"]!["id"] = "https://hub.example/cities/atlantis")),
        new("provider", "", CheckOutcome.Skipped, "a badge whose signature is bad", s => s.Embedded(c => c["name"] = "Surgeon")),
    ];

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    private static IEnumerable<Sentence> OfStatus(string purpose) =>
    [
        new(purpose, "ok", CheckOutcome.Pass, "a badge", s => s.Own()),
        new(purpose, "set", CheckOutcome.Fail, "its bit is set", s => s.Listed(purpose, l => l, set: true)),
        new(purpose, "unreachable", CheckOutcome.Unknown, "no list at the address", s => s.Listed(purpose, null)),
        new(purpose, "unreadable", CheckOutcome.Unknown, "a list without bits", s => s.Listed(
            purpose, l => Changed(l, Without("credentialSubject", "encodedList")))),
        new(purpose, "notProven", CheckOutcome.Unknown, "a list that somebody else signed", s => s.Listed(
            purpose, l => Changed(l, c => c["issuer"] = "https://mallory.example/"), byAnother: true)),
        new(purpose, "otherList", CheckOutcome.Unknown, "a list of another address", s => s.Listed(
            purpose, l => Changed(l, c => c["id"] = $"{SomeIssuer.Host}/status/4"))),
        new(purpose, "tooShort", CheckOutcome.Unknown, "a list of eight bits", s => s.Listed(
            purpose, l => Changed(l, c => c["credentialSubject"]!["encodedList"] = SomeForeignList.Zipped([0])))),
        new(purpose, "stale", CheckOutcome.Unknown, "a list that ended in 2025", s => s.Listed(
            purpose, l => Changed(l, c => c["validUntil"] = "2025-02-01T00:00:00Z"))),
        new(purpose, "tooMuch", CheckOutcome.Unknown, "the list of the last of several badges that were much work",
            s => s.LastList(purpose)),
        new(purpose, "noList", CheckOutcome.Pass, "a badge without status", s => s.Embedded(_ => { })),
        new(purpose, "otherKind", CheckOutcome.Unknown, "a status that the hub does not know", s => s.WithStatus(
            new JsonObject { ["id"] = "https://college.example/r", ["type"] = "1EdTechRevocationList" })),
    ];

    private static JsonObject Changed(JsonObject document, Action<JsonNode> change)
    {
        change(document);
        return document;
    }

    private static Action<JsonNode> Set(string member, JsonNode value) => d => d[member] = value.DeepClone();

    private static Action<JsonNode> Without(params string[] path) =>
        c => path[..^1].Aggregate(c, (node, member) => node[member]!).AsObject().Remove(path[^1]);

    private static void AnotherKeyOfThatName(JsonNode document)
    {
        var other = document["verificationMethod"]![0]!.DeepClone();
        other["publicKeyMultibase"] = SomeKeys.Of(KeyKind.P256).Multibase;
        document["verificationMethod"]!.AsArray().Add(other);
    }

    private static string Presentation(int badges) =>
        $$"""{"type":"VerifiablePresentation","verifiableCredential":[{{string.Join(',', Enumerable.Repeat("{}", badges))}}]}""";

    private byte[] HalfAPng => badge.Png[..(badge.Png.Length / 2)];

    private string OwnAddress => hub.Urls.Credential(badge.AwardId);

    private Task<VerificationReport> Own() => hub.VerifyAsync(badge.Jwt);

    private Task<VerificationReport> Given(string given) => Given(Encoding.UTF8.GetBytes(given));

    private Task<VerificationReport> Given(byte[] given) => _strangers.VerifyAsync(given);

    private async Task<VerificationReport> Altered(Action<JsonNode> change) => await Given(await hub.AlteredAsync(badge, change));

    private Task<VerificationReport> At(string address, Func<string, string> page)
    {
        _strangers.Internet.Serve(address, Encoding.UTF8.GetBytes(page(badge.Token)));
        return Given(address);
    }

    private async Task<VerificationReport> StatusList() => await Given(
        (await hub.Get<StatusLists>().FindAsync(SampleCity.Plymouth, "revocation", 1, TestContext.Current.CancellationToken))!.Jwt);

    private async Task<VerificationReport> OtherCity() => await Given(await hub.SignedByAsync("brighton", badge.Payload));

    private Task<VerificationReport> OwnPicture(string? of) =>
        Given(of is null ? badge.Png : PngBaker.Bake(Cities.Sample.Plymouth.Badges[of].Art.Png.Bytes, badge.Jwt));

    private async Task<VerificationReport> StorageAway()
    {
        hub.Faults.Unreachable = true;
        try
        {
            return await Altered(c => c["credentialSubject"]!["achievement"]!["id"] = hub.Urls.Badge(SampleCity.Plymouth, "knot", 7));
        }
        finally
        {
            hub.Faults.Unreachable = false;
        }
    }

    private Task<VerificationReport> Embedded(Action<JsonNode> change)
    {
        var issuer = _strangers.Issuer("did:key");
        var proved = issuer.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaRdfc2019);
        change(proved);
        return _strangers.VerifyAsync(proved);
    }

    private Task<VerificationReport> Token(Action<JsonObject> header)
    {
        var issuer = _strangers.Issuer("did:key");
        return _strangers.VerifyAsync(issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)), header));
    }

    private Task<VerificationReport> HostKey(Action<JsonObject> header)
    {
        var issuer = _strangers.Issuer("host keys");
        return _strangers.VerifyAsync(issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)), header));
    }

    private Task<VerificationReport> OtherDid()
    {
        var issuer = new SomeIssuer("did:ion:abc", "did:ion:abc#k", SomeKeys.Of(KeyKind.P256));
        return _strangers.VerifyAsync(issuer.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaRdfc2019));
    }

    // Null takes the issuer's document away.
    private Task<VerificationReport> Keys(Action<JsonNode>? change)
    {
        var issuer = _strangers.Issuer("did:web");
        var document = issuer.Document();
        change?.Invoke(document);
        _strangers.Internet.Serve(Document, document);
        if (change is null)
        {
            _strangers.Internet.Remove(Document);
        }

        return _strangers.VerifyAsync(issuer.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaRdfc2019));
    }

    private Task<VerificationReport> WithStatus(JsonNode status)
    {
        var issuer = _strangers.Issuer("did:key");
        return _strangers.VerifyAsync(issuer.Token(Payload(issuer, status)));
    }

    private Task<VerificationReport> Listed(
        string purpose, Func<JsonObject, JsonObject>? change, bool set = false, bool byAnother = false)
    {
        var (issuer, mallory) = (_strangers.Issuer("did:key"), _strangers.Issuer("did:key"));
        if (change is not null)
        {
            var list = change(SomeForeignList.Of(issuer.Id, purpose: purpose, set: set ? [SomeForeignList.Index] : []));
            _strangers.Internet.Serve(
                SomeForeignList.Address,
                Encoding.ASCII.GetBytes((byAnother ? mallory : issuer).Token(list)));
        }

        return _strangers.VerifyAsync(issuer.Token(Payload(issuer, SomeForeignList.Entry(purpose: purpose))));
    }

    private Task<VerificationReport> Last()
    {
        var issuer = _strangers.Issuer("did:key");
        return Last(issuer.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaRdfc2019).ToJsonString());
    }

    private Task<VerificationReport> LastList(string purpose)
    {
        var issuer = _strangers.Issuer("did:key");
        _strangers.Internet.Serve(
            SomeForeignList.Address, issuer.Proved(SomeForeignList.Of(issuer.Id, purpose: purpose), Cryptosuite.EcdsaRdfc2019));
        return Last(issuer.Token(Payload(issuer, SomeForeignList.Entry(purpose: purpose))));
    }

    // They share a budget.
    private Task<VerificationReport> Last(string badge)
    {
        var budget = new WorkBudget(TestContext.Current.CancellationToken);
        budget.Spend(Work.Bytes, 8 * 1024 * 1024);
        return _strangers.Verifier().VerifyAsync(CredentialFile.Read(Encoding.UTF8.GetBytes(badge)), budget);
    }

    private static JsonObject Payload(SomeIssuer issuer, JsonNode status)
    {
        var credential = SomeForeignBadge.Credential(issuer.Id);
        credential["credentialStatus"] = status;
        return SomeForeignBadge.Payload(credential);
    }
}
