using System.Globalization;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Tokens of strangers: the header, the claims beside the credential, and those around it.</summary>
[Collection(nameof(IssuedHub))]
public sealed class ForeignClaimTests(IssuedHub issued) : IAsyncDisposable
{
    private readonly Strangers _strangers = new(issued.Hub);

    private static long Past => new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    private static long Future => new DateTimeOffset(2098, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    [Theory]
    [InlineData("none", "")]
    [InlineData("none", null)]
    [InlineData("HS256", null)]
    [InlineData("HS384", null)]
    [InlineData("HS512", null)]
    [InlineData("RS256", null)]
    [InlineData("ES384", null)]
    [InlineData("EdDSA", null)]
    [InlineData(null, null)]
    public async Task An_algorithm_that_is_not_the_keys_own_is_refused(string? algorithm, string? signature)
    {
        var issuer = _strangers.Issuer("did:key");
        var token = issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)), h => h["alg"] = algorithm);

        var report = await _strangers.VerifyAsync(signature is null ? token : token[..(token.LastIndexOf('.') + 1)] + signature);

        Assert.NotEqual(Answer.Yes, report.Authentic);
        Assert.Equal(signature is null ? Answer.No : Answer.Unknown, report.Authentic);
    }

    [Theory]
    [InlineData("PS256")]
    [InlineData("ES512")]
    [InlineData("ES256K")]
    [InlineData("es256")]
    public async Task An_algorithm_that_the_hub_does_not_have_is_could_not_check_and_nobody_is_called(string algorithm)
    {
        var issuer = _strangers.Issuer("host keys");

        var report = await _strangers.VerifyAsync(
            issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)), h => h["alg"] = algorithm));

        Assert.Equal((CheckOutcome.Unknown, "Check.proof.unsupported"), report.Of("proof"));
        Assert.Empty(_strangers.Internet.Requests);
    }

    [Fact]
    public async Task An_Ed25519_key_is_called_EdDSA_or_Ed25519()
    {
        var issuer = _strangers.Issuer("did:key", KeyKind.Ed25519);

        foreach (var name in new[] { "EdDSA", "Ed25519" })
        {
            var token = issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)), h => h["alg"] = name);

            Assert.Equal(Answer.Yes, (await _strangers.VerifyAsync(token)).Authentic);
        }
    }

    [Fact]
    public async Task An_extension_that_must_be_understood_is_not()
    {
        var issuer = _strangers.Issuer("did:key");

        var report = await _strangers.VerifyAsync(
            issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)), h => h["crit"] = new JsonArray("b64")));

        Assert.NotEqual(Answer.Yes, report.Authentic);
    }

    /// <summary>A claim, and what it says instead.</summary>
    public static TheoryData<string, string?> Different => new()
    {
        { "iss", "\"did:web:other.example\"" },
        { "iss", "7" },
        { "jti", "\"https://college.example/badges/2\"" },
        { "sub", "\"urn:uuid:00000000-0000-4000-8000-000000000000\"" },
        { "nbf", "1" },
        { "nbf", "\"2025-01-02T03:04:05Z\"" },
        { "exp", "4100000000" },
        { "exp", "\"never\"" },
        { "exp", "null" },
    };

    [Theory]
    [MemberData(nameof(Different))]
    public async Task A_claim_that_contradicts_the_credential_is_refused(string claim, string? value)
    {
        var issuer = _strangers.Issuer("did:key");

        foreach (var payload in new[]
        {
            SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)),
            SomeForeignBadge.PayloadWithVc(SomeForeignBadge.Version1(issuer.Id)),
            SomeForeignBadge.PayloadWithVc(SomeForeignBadge.Credential(issuer.Id)),
        })
        {
            payload[claim] = JsonNode.Parse(value!);
            var report = await _strangers.VerifyAsync(issuer.Token(payload));

            Assert.Equal(Answer.No, report.Authentic);
            Assert.Equal((CheckOutcome.Fail, "Check.claims.mismatch"), report.Of("claims"));
        }
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("jti")]
    [InlineData("sub")]
    [InlineData("nbf")]
    [InlineData("exp")]
    public async Task Open_Badges_asks_for_every_claim_and_JOSE_for_none(string claim)
    {
        var issuer = _strangers.Issuer("did:key");
        var payload = SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id));
        payload.Remove(claim);

        var byOpenBadges = await _strangers.VerifyAsync(issuer.Token(payload));

        // It is not there: so nothing contradicts the badge, and nothing says twice what is to be said twice.
        Assert.Equal((CheckOutcome.Unknown, "Check.claims.missing"), byOpenBadges.Of("claims"));
        Assert.Equal(Answer.Unknown, byOpenBadges.Authentic);
        foreach (var type in new[] { "vc+jwt", "VC+JWT", "application/vc+jwt" })
        {
            Assert.Equal(Answer.Yes, (await _strangers.VerifyAsync(issuer.Token(payload, h => h["typ"] = type))).Authentic);
        }
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("vc+jwt")]
    public async Task The_tokens_end_is_the_badges_end_where_the_badge_names_none(string type)
    {
        var issuer = _strangers.Issuer("did:key");
        var credential = SomeForeignBadge.Credential(issuer.Id);
        credential.Remove("validUntil");

        foreach (var (exp, current) in new[] { (Past, Answer.No), (Future, Answer.Yes) })
        {
            var payload = SomeForeignBadge.Payload(credential);
            payload["exp"] = exp;
            var report = await _strangers.VerifyAsync(issuer.Token(payload, h => h["typ"] = type));

            Assert.Equal((Answer.Yes, current), (report.Authentic, report.Current));
            Assert.Equal(exp, report.Badge!.ValidUntil?.ToUnixTimeSeconds());
        }
    }

    /// <summary>The token's own dates are seconds, which have no offset: where they say the same, the badge's words stand.</summary>
    [Theory]
    [InlineData("JWT", "+01:00", 13)]
    [InlineData("vc+jwt", "+01:00", 13)]
    [InlineData("JWT", "-05:00", 12)]
    [InlineData("JWT", "Z", 12)]
    public async Task A_strangers_badge_keeps_its_days_as_it_writes_them(string type, string offset, int day)
    {
        var issuer = _strangers.Issuer("did:key");
        var credential = SomeForeignBadge.Credential(issuer.Id);
        var payload = SomeForeignBadge.Payload(credential);
        foreach (var (member, claim, year) in new[] { ("validFrom", "nbf", 2025), ("validUntil", "exp", 2098) })
        {
            var late = new DateTimeOffset(year, 7, 12, 23, 30, 0, TimeSpan.Zero);
            var local = offset == "Z" ? late : late.ToOffset(TimeSpan.Parse(offset.TrimStart('+'), CultureInfo.InvariantCulture));
            payload[member] = local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + offset;
            payload[claim] = late.ToUnixTimeSeconds();
        }

        var report = await _strangers.VerifyAsync(issuer.Token(payload, h => h["typ"] = type));

        Assert.Equal((Answer.Yes, Answer.Yes), (report.Authentic, report.Current));
        Assert.Equal((day, day), (report.Badge!.AwardedOn!.Value.Day, report.Badge.ValidUntil!.Value.Day));
        Assert.Equal($"It is valid until {day} July 2098.", UserTexts.English.Format("Check.dates.ok", report.Checks.Single(
            c => c.Id == "dates").Arguments));
    }

    [Fact]
    public async Task By_JOSE_the_claims_are_the_signatures_own_dates_and_the_narrower_counts()
    {
        var issuer = _strangers.Issuer("did:key");

        foreach (var (claim, value, current, words) in new[]
        {
            ("exp", Past, Answer.No, "Check.dates.expired"),
            ("exp", Future, Answer.Yes, "Check.dates.ok"), ("exp", 4_100_000_000, Answer.Yes, "Check.dates.ok"),
            ("nbf", Past, Answer.Yes, "Check.dates.ok"), ("nbf", Future, Answer.No, "Check.dates.notYet"),
        })
        {
            var payload = SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id));
            payload[claim] = value;
            var report = await _strangers.VerifyAsync(issuer.Token(payload, h => h["typ"] = "vc+jwt"));

            Assert.Equal((Answer.Yes, current), (report.Authentic, report.Current));
            Assert.Equal(words, report.Of("dates").TextKey);
        }
    }

    [Fact]
    public async Task What_stands_in_the_vc_claim_may_leave_out_what_the_claims_say()
    {
        var issuer = _strangers.Issuer("did:key");

        foreach (var (credential, from, until) in new[]
        {
            (SomeForeignBadge.Version1(issuer.Id), "issuanceDate", "expirationDate"),
            (SomeForeignBadge.Credential(issuer.Id), "validFrom", "validUntil")
        })
        {
            var payload = SomeForeignBadge.PayloadWithVc(credential);
            var vc = payload["vc"]!.AsObject();
            foreach (var member in new[] { "id", from, until })
            {
                vc.Remove(member);
            }

            vc["issuer"]!.AsObject().Remove("id");
            vc["credentialSubject"]!.AsObject().Remove("id");
            var valid = await _strangers.VerifyAsync(issuer.Token(payload));
            payload["exp"] = Past;
            var expired = await _strangers.VerifyAsync(issuer.Token(payload));

            Assert.Equal((Answer.Yes, Answer.Yes), (valid.Authentic, valid.Current));
            Assert.Equal("https://college.example/badges/1", valid.Badge!.Id);
            Assert.Equal((Answer.Yes, Answer.No), (expired.Authentic, expired.Current));
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public async Task A_vc_claim_that_is_no_credential_does_not_switch_the_claims_off(string vc)
    {
        var issuer = _strangers.Issuer("did:key");
        var payload = SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id));
        (payload["vc"], payload["iss"]) = (JsonNode.Parse(vc), "did:web:other.example");

        var report = await _strangers.VerifyAsync(issuer.Token(payload));

        Assert.Equal((CheckOutcome.Unknown, "Check.schema.notJson"), report.Of("schema"));
        Assert.Equal(Answer.Unknown, report.Authentic);
    }

    [Fact]
    public async Task Where_a_badge_has_the_dates_of_both_data_models_the_narrower_count()
    {
        var issuer = _strangers.Issuer("did:key");

        foreach (var (badge, member, value) in new[]
        {
            (SomeForeignBadge.Version1(issuer.Id), "validUntil", "2025-06-01T00:00:00Z"),
            (SomeForeignBadge.Credential(issuer.Id), "expirationDate", "2025-06-01T00:00:00Z"),
            (SomeForeignBadge.Version1(issuer.Id), "validFrom", "2098-06-01T00:00:00Z"),
            (SomeForeignBadge.Version1(issuer.Id), "validUntil", "soon"),
        })
        {
            var payload = SomeForeignBadge.Payload(badge);
            payload[member] = value;

            var report = await _strangers.VerifyAsync(issuer.Token(payload, h => h["typ"] = "vc+jwt"));

            Assert.NotEqual(Answer.Yes, report.Current);
        }
    }

    [Fact]
    public async Task An_issuer_may_be_named_by_its_address_alone()
    {
        var issuer = _strangers.Issuer("did:web");
        var credential = SomeForeignBadge.Credential(issuer.Id);
        var payload = SomeForeignBadge.Payload(credential);
        payload["issuer"] = issuer.Id;

        var report = await _strangers.VerifyAsync(issuer.Token(payload));

        Assert.Equal(Answer.Yes, report.Authentic);
        Assert.Equal(issuer.Id, report.Issuer!.Name);
    }

    [Theory]
    [InlineData("[\"did:web:college.example\"]")]
    [InlineData("[{\"id\":\"did:web:college.example\"}]")]
    [InlineData("{\"id\":[\"did:web:college.example\"]}")]
    [InlineData("7")]
    [InlineData("null")]
    public async Task An_issuer_that_is_not_one_is_nobody(string issuer)
    {
        var college = _strangers.Issuer("did:web");
        var payload = SomeForeignBadge.Payload(SomeForeignBadge.Credential(college.Id));
        payload["issuer"] = JsonNode.Parse(issuer);

        var report = await _strangers.VerifyAsync(college.Token(payload));

        Assert.NotEqual(Answer.Yes, report.Authentic);
        Assert.Empty(_strangers.Internet.Requests);
    }
}
