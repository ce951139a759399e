using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using CitiesOfLearning.OpenBadges.Tests.Proofs;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Badges of strangers with good proofs, by every kind of issuer, key and form; and what spoils them.</summary>
[Collection(nameof(IssuedHub))]
public sealed class ForeignProofTests(IssuedHub issued) : IAsyncDisposable
{
    private readonly Strangers _strangers = new(issued.Hub);

    /// <summary>Each way with each kind of key that it can name.</summary>
    public static TheoryData<string, KeyKind> Tokens =>
    [
        .. SomeIssuer.Ways
            .Where(way => way != "https and a key elsewhere")
            .SelectMany(way => SomeKeys.Kinds.Where(k => way != "did:key" || k != KeyKind.Rsa).Select(kind => (way, kind))),
    ];

    /// <summary>Each way with each suite.</summary>
    public static TheoryData<string, Cryptosuite, KeyKind> Proofs =>
    [
        .. SomeIssuer.Ways
            .Where(way => way != "host keys")
            .SelectMany(way => SomeProof.Suites.Select(s => (way, s.Data.Item1, s.Data.Item2))),
    ];

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task A_token_is_authentic_by_a_key_that_its_issuer_publishes(string way, KeyKind kind)
    {
        var issuer = _strangers.Issuer(way, kind);

        foreach (var payload in new[]
        {
            SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)),
            SomeForeignBadge.PayloadWithVc(SomeForeignBadge.Version1(issuer.Id))
        })
        {
            var report = await _strangers.VerifyAsync(issuer.Token(payload));

            Assert.Equal((Answer.Yes, Answer.Yes, Answer.Unknown), report.Answers());
            Assert.Equal((issuer.Id, false), (report.Issuer!.Id, report.Issuer.IsKnown));
            Assert.Equal(SomeForeignBadge.Until, report.Badge!.ValidUntil);
        }
    }

    [Theory]
    [InlineData("did:key")]
    [InlineData("did:web")]
    [InlineData("https")]
    public async Task A_kid_may_be_relative_to_the_issuer(string way)
    {
        var issuer = _strangers.Issuer(way);

        var report = await _strangers.VerifyAsync(
            issuer.Token(
                SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)),
                h => h["kid"] = issuer.Method[issuer.Method.IndexOf('#')..]));

        Assert.Equal(Answer.Yes, report.Authentic);
    }

    [Theory]
    [MemberData(nameof(Proofs))]
    public async Task An_embedded_proof_is_authentic_by_a_key_that_its_issuer_publishes(string way, Cryptosuite suite, KeyKind kind)
    {
        var issuer = _strangers.Issuer(way, kind);

        foreach (var credential in new[] { SomeForeignBadge.Credential(issuer.Id), SomeForeignBadge.Version1(issuer.Id) })
        {
            var report = await _strangers.VerifyAsync(issuer.Proved(credential, suite));

            Assert.Equal((Answer.Yes, Answer.Yes, Answer.Unknown), report.Answers());
            Assert.Equal(issuer.Id, report.Issuer!.Id);
        }
    }

    /// <summary>The proof's suite, and what somebody did to the badge.</summary>
    public static TheoryData<Cryptosuite, KeyKind, string> Changes =>
    [
        .. SomeProof.Suites.SelectMany(s => new[]
        {
            "name",
            "issuer name",
            "status taken away",
            "added word",
            "added issuer word",
            "proof purpose",
            "proof taken away",
            "no proofs",
        }.Select(c => (s.Data.Item1, s.Data.Item2, c))),
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_after_signing_is_not_authentic(Cryptosuite suite, KeyKind kind, string change)
    {
        var issuer = _strangers.Issuer("did:key", kind);
        var credential = SomeForeignBadge.Credential(issuer.Id);
        credential["credentialStatus"] = Status();
        var badge = issuer.Proved(credential, suite);
        switch (change)
        {
            case "name":
                badge["credentialSubject"]!["achievement"]!["name"] = "Surgery";
                break;
            case "issuer name":
                badge["issuer"]!["name"] = "Plymouth";
                break;
            case "status taken away":
                badge.Remove("credentialStatus");
                break;
            case "added word":
                badge["surprise"] = "x";
                break;
            case "added issuer word":
                badge["issuer"]!["url"] = "https://mallory.example/";
                break;
            case "proof purpose":
                badge["proof"]!["proofPurpose"] = "authentication";
                break;
            case "proof taken away":
                badge.Remove("proof");
                break;
            default:
                badge["proof"] = new JsonArray();
                break;
        }

        Assert.Equal(Answer.No, (await _strangers.VerifyAsync(badge)).Authentic);
    }

    [Theory]
    [InlineData("ecdsa-rdfc-2019", "evidence", "id")]
    [InlineData("ecdsa-sd-2023", "evidence", "id")]
    [InlineData("ecdsa-rdfc-2019", "evidence", "uid")]
    public async Task What_limits_a_badge_cannot_be_moved_to_where_nobody_looks(string suiteName, string member, string idWord)
    {
        var suite = Cryptosuite.All.Single(s => s.Name == suiteName);

        // Statements have no place: said of the same id further down, they have the same signature.
        var issuer = _strangers.Issuer("did:key");
        var credential = SomeForeignBadge.Credential(issuer.Id);
        if (idWord == "uid")
        {
            credential["@context"]!.AsArray().Add("https://www.w3.org/ns/odrl.jsonld");
        }

        credential["validUntil"] = "2025-06-01T00:00:00Z";
        credential["credentialStatus"] = Status();
        credential[member] = new JsonArray(
            new JsonObject { [idWord] = credential["id"]!.DeepClone(), ["type"] = new JsonArray("Evidence") });
        var badge = issuer.Proved(credential, suite);
        var whole = await _strangers.VerifyAsync(badge);

        var below = badge[member]![0] is JsonObject one ? one : badge[member]!.AsObject();
        below["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential", "Evidence");
        foreach (var moved in new[] { "validUntil", "credentialStatus" })
        {
            below[moved] = badge[moved]!.DeepClone();
            badge.Remove(moved);
        }

        var report = await _strangers.VerifyAsync(badge);

        Assert.Equal((Answer.Yes, Answer.No), (whole.Authentic, whole.Current));
        Assert.NotEqual(Answer.Yes, report.Current);
        Assert.NotEqual(Answer.Yes, report.Authentic);
    }

    [Fact]
    public async Task A_good_proof_beside_somebody_elses_is_good_and_beside_a_bad_one_of_the_issuers_is_not()
    {
        var (issuer, witness) = (_strangers.Issuer("did:key"), _strangers.Issuer("did:key"));
        var good = issuer.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaRdfc2019);
        var witnessed = witness.Proved(good, Cryptosuite.EcdsaJcs2019);
        var spoilt = issuer.Proved(good, Cryptosuite.EcdsaJcs2019);
        spoilt["proof"]![1]!["proofValue"] = witness.Proved(
            SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaJcs2019)["proof"]!["proofValue"]!.DeepClone();

        Assert.Equal(Answer.Yes, (await _strangers.VerifyAsync(witnessed)).Authentic);
        Assert.Equal(Answer.No, (await _strangers.VerifyAsync(spoilt)).Authentic);
        Assert.Equal(
            Answer.No,
            (await _strangers.VerifyAsync(witness.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaJcs2019))).Authentic);
    }

    [Fact]
    public async Task A_strangers_badge_is_read_out_of_a_picture()
    {
        var issuer = _strangers.Issuer("did:web");
        var token = Encoding.ASCII.GetBytes(issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id))));
        var json = Encoding.UTF8.GetBytes(issuer.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaRdfc2019).ToJsonString());

        var (png, svg) = (Some.Png(), Encoding.UTF8.GetBytes(Some.Svg()));

        foreach (var picture in new[]
        {
            PngBaker.Bake(png, token),
            PngBaker.Bake(png, json),
            SvgBaker.Bake(svg, token),
            SvgBaker.Bake(svg, json)
        })
        {
            var report = await _strangers.VerifyAsync(picture);

            Assert.Equal((Answer.Yes, Answer.Yes, Answer.Unknown), report.Answers());
            Assert.Null(report.Badge!.PictureUrl);
        }
    }

    private static JsonObject Status() => new()
    {
        ["type"] = "BitstringStatusListEntry",
        ["statusPurpose"] = "revocation",
        ["statusListIndex"] = "7",
        ["statusListCredential"] = "https://college.example/status/3",
    };
}
