using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Tests.Awards;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Status;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Security row 8: a real issuer's key on a badge that it may not award.</summary>
[Collection(nameof(IssuedHub))]
public sealed class AuthorityTests(IssuedHub issued)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HubUnderTest _hub = issued.Hub;
    private readonly IssuedBadge _badge = issued.Badge;

    public static TheoryData<string, string, Action<JsonNode>> NotAgreed => new()
    {
        {
            "provider",
            "another provider of the city",
            c => c["credentialSubject"]!["source"]!["id"] = "https://hub.example/cities/plymouth#provider-plymouth-libraries"
        },
        {
            "provider",
            "another city's provider",
            c => c["credentialSubject"]!["source"]!["id"] = "https://hub.example/cities/brighton#provider-tide-pool-trust"
        },
        // The city's day: in summer it begins at 23:00 UTC.
        { "provider", "a day before the agreement", c => c["credentialSubject"]!["activityEndDate"] = "2025-08-31T22:59:59Z" },
        { "achievement", "another description", c => c["credentialSubject"]!["achievement"]!["description"] = "Is a surgeon." },
        { "achievement", "another name", c => c["credentialSubject"]!["achievement"]!["name"] = "Surgeon" },
        { "achievement", "something added", c => c["credentialSubject"]!["achievement"]!["creditsAvailable"] = 60 },
        { "achievement", "something left out", c => c["credentialSubject"]!["achievement"]!.AsObject().Remove("tag") },
        {
            "achievement",
            "a badge that is not in the catalogue",
            c => c["credentialSubject"]!["achievement"]!["id"] = "https://hub.example/cities/plymouth/badges/surgeon/v1"
        },
        {
            "achievement",
            "a version that never was",
            c => c["credentialSubject"]!["achievement"]!["id"] = "https://hub.example/cities/plymouth/badges/tide-pool-surveyor/v2"
        },
        {
            "achievement",
            "another city's badge",
            c => c["credentialSubject"]!["achievement"]!["id"] = "https://hub.example/cities/brighton/badges/first-podcast/v1"
        },
        {
            "achievement",
            "a path out of the badges",
            c => c["credentialSubject"]!["achievement"]!["id"] = "https://hub.example/cities/plymouth/badges/../v1"
        },
    };

    [Theory]
    [MemberData(nameof(NotAgreed), DisableDiscoveryEnumeration = true)]
    public async Task A_badge_signed_by_the_real_key_against_the_catalogue_is_not_authorised(
        string check, string what, Action<JsonNode> change)
    {
        var report = await _hub.VerifyAsync(await _hub.AlteredAsync(_badge, change));

        Assert.True(report.Authentic == Answer.Yes, what);
        Assert.Equal(Answer.No, report.Authorised);
        Assert.Equal(CheckOutcome.Fail, report.Checks.Single(c => c.Id == check).Outcome);
    }

    [Fact]
    public async Task A_badge_that_does_not_say_who_awarded_it_could_not_be_checked()
    {
        var report = await _hub.VerifyAsync(await _hub.AlteredAsync(_badge, c => c["credentialSubject"]!.AsObject().Remove("source")));

        Assert.Equal(Answer.Unknown, report.Authorised);
    }

    public static TheoryData<string, Action<JsonNode>> Claims => new()
    {
        { "iss", c => c["iss"] = "https://hub.example/cities/brighton" },
        { "jti", c => c["jti"] = "https://hub.example/badges/00000000000000000000000000" },
        { "sub", c => c["sub"] = "urn:uuid:00000000-0000-0000-0000-000000000000" },
        { "nbf", c => c["nbf"] = (long)c["nbf"]! + 1 },
        { "nbf as a text", c => c["nbf"] = c["nbf"]!.ToString() },
        { "exp", c => (c["validUntil"], c["exp"]) = ("2099-01-01T00:00:00Z", 1) },
    };

    [Theory]
    [MemberData(nameof(Claims), DisableDiscoveryEnumeration = true)]
    public async Task A_claim_that_says_something_else_than_the_credential_is_refused(string what, Action<JsonNode> change)
    {
        var report = await _hub.VerifyAsync(await _hub.AlteredAsync(_badge, change));

        Assert.True(report.Authentic == Answer.No, what);
        Assert.Equal(CheckOutcome.Fail, report.Checks.Single(c => c.Id == "claims").Outcome);
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("jti")]
    [InlineData("nbf")]
    [InlineData("sub")]
    public async Task A_claim_that_is_not_there_is_no_contradiction_and_no_yes(string claim)
    {
        var report = await _hub.VerifyAsync(await _hub.AlteredAsync(_badge, c => c.AsObject().Remove(claim)));

        Assert.Equal((CheckOutcome.Unknown, "Check.claims.missing"), report.Of("claims"));
        Assert.Equal(Answer.Unknown, report.Authentic);
    }

    [Theory]
    [InlineData("2099-01-01T00:00:00Z", null, "notYet")]
    [InlineData(null, "2025-01-01T00:00:00Z", "expired")]
    public async Task Outside_its_dates_a_badge_is_not_current(string? from, string? until, string words)
    {
        var token = await _hub.AlteredAsync(_badge, c =>
        {
            if (from is not null)
            {
                (c["validFrom"], c["nbf"]) = (from, DateTimeOffset.Parse(from).ToUnixTimeSeconds());
            }

            if (until is not null)
            {
                (c["validUntil"], c["exp"]) = (until, DateTimeOffset.Parse(until).ToUnixTimeSeconds());
            }
        });

        var report = await _hub.VerifyAsync(token);

        Assert.Equal((Answer.Yes, Answer.No), (report.Authentic, report.Current));
        Assert.Equal($"Check.dates.{words}", report.Checks.Single(c => c.Id == "dates").TextKey);
    }

    /// <summary>F16's brother: a report has the day on which it was in Plymouth, not in UTC.</summary>
    [Theory]
    [InlineData("2025-07-12T23:30:00Z", "13 July 2025", "13 Gorffennaf 2025")]
    [InlineData("2025-01-12T23:30:00Z", "12 January 2025", "12 Ionawr 2025")]
    public async Task A_reports_days_are_the_citys(string moment, string english, string welsh)
    {
        var seconds = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        var token = await _hub.AlteredAsync(_badge, c =>
        {
            (c["validFrom"], c["nbf"]) = (moment, seconds);
            (c["validUntil"], c["exp"]) = (moment, seconds);
        });

        var report = await _hub.VerifyAsync(token);

        Assert.Equal(seconds, report.Badge!.AwardedOn!.Value.ToUnixTimeSeconds());
        Assert.Equal(english, UserTexts.English.Day(DateOnly.FromDateTime(report.Badge.AwardedOn.Value.DateTime)));
        Assert.Equal(report.Badge.AwardedOn.Value.DateTime, report.Badge.ValidUntil!.Value.DateTime);
        var dates = report.Checks.Single(c => c.Id == "dates");
        Assert.Equal($"It ran out on {english}.", UserTexts.English.Format(dates.TextKey, dates.Arguments));
        Assert.Equal($"Daeth i ben ar {welsh}.", UserTexts.Welsh.Format(dates.TextKey, dates.Arguments));
    }

    [Theory]
    [InlineData("https://evil.example/cities/plymouth")]
    [InlineData("https://hub.example.evil.example/cities/plymouth")]
    [InlineData("https://hub.example/cities/plymouth/")]
    [InlineData("https://hub.example/cities/")]
    [InlineData("https://hub.example/cities/nowhere")]
    [InlineData("https://hub.example/cities/../plymouth")]
    [InlineData("http://hub.example/cities/plymouth")]
    public async Task An_issuer_that_is_not_exactly_a_city_here_is_foreign(string issuer)
    {
        var report = await _hub.VerifyAsync(await _hub.AlteredAsync(_badge, c => c["issuer"]!["id"] = issuer));

        Assert.NotEqual(Answer.Yes, report.Authentic);
        Assert.Contains(report.Checks.Single(c => c.Id == "issuer").TextKey, new[] { "Check.issuer.foreign", "Check.issuer.nobody" });
    }

    [Fact]
    public async Task What_a_badge_says_without_its_signature_proves_nothing()
    {
        var report = await _hub.VerifyAsync(_badge.Payload);

        Assert.Equal(Answer.No, report.Authentic);
        Assert.Equal("Check.proof.none", report.Checks.Single(c => c.Id == "proof").TextKey);
    }

    [Fact]
    public async Task An_enveloped_credential_is_the_token_in_it()
    {
        var envelope = new JsonObject { ["type"] = "EnvelopedVerifiableCredential", ["id"] = $"data:application/vc+jwt,{_badge.Token}" };

        Assert.Equal(Answer.Yes, (await _hub.VerifyAsync(envelope.ToJsonString())).Authentic);
        Assert.NotEqual(Answer.Yes, (await _hub.VerifyAsync("""{"id":"data:application/vc+jwt,e30.e30."}""")).Authentic);
    }

    [Fact]
    public async Task A_badges_address_answers_only_while_its_learner_shares_it()
    {
        var address = $"{HubUnderTest.Address}/badges/{_badge.AwardId}";
        var awards = _hub.Get<AwardTable>();
        var before = await _hub.VerifyAsync(address);

        await awards.ChangeAsync(_badge.AwardId, a => a.Claim(SomeAward.At), Cancel);
        await awards.ChangeAsync(_badge.AwardId, a => a.Share(SomeAward.At), Cancel);
        var shared = await _hub.VerifyAsync(address);
        await awards.ChangeAsync(_badge.AwardId, a => a.Hide(SomeAward.At), Cancel);

        Assert.Equal(Answer.Unknown, before.Authentic);
        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (shared.Authentic, shared.Current, shared.Authorised));
        Assert.Equal(
            before.Checks.Select(c => c.TextKey),
            (await _hub.VerifyAsync($"{HubUnderTest.Address}/badges/00000000000000000000000000")).Checks.Select(c => c.TextKey));
    }

    [Fact]
    public async Task A_signed_status_list_is_no_badge()
    {
        var list = await _hub.Get<StatusLists>().FindAsync(SampleCity.Plymouth, StatusPurposes.Revocation, 1, Cancel);

        var report = await _hub.VerifyAsync(Encoding.ASCII.GetString(list!.Jwt));

        Assert.Equal((Answer.Unknown, Answer.Unknown, Answer.Unknown), report.Answers());
        Assert.Equal((CheckOutcome.Unknown, "Check.schema.otherKind"), report.Of("schema"));
    }

    [Fact]
    public async Task What_a_citys_key_signed_under_an_id_that_is_no_badge_of_ours_is_none()
    {
        const string Elsewhere = "https://evil.example/badges/00000000000000000000000000";

        var report = await _hub.VerifyAsync(await _hub.AlteredAsync(_badge, c => (c["jti"], c["id"]) = (Elsewhere, Elsewhere)));

        Assert.Equal(Answer.No, report.Authentic);
        Assert.Equal((CheckOutcome.Fail, "Check.schema.notOurs"), report.Of("schema"));
    }
}
