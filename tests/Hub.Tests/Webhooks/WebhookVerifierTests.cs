using System.Text;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Webhooks;

public sealed class WebhookVerifierTests
{
    private static readonly byte[] Body = """{"type":"ping","token":"wrong"}"""u8.ToArray();

    [Fact]
    public void The_published_example_of_GitHub_is_authentic()
    {
        var webhook = SomeWebhook.Unsigned(
            "Hello, World!"u8.ToArray(),
            headers: ("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"));

        Assert.IsType<VerificationOutcome.Verified>(Verify(SomeCity.CodeClub(), webhook));
    }

    [Fact]
    public void The_published_example_of_Standard_Webhooks_is_authentic_at_its_time()
    {
        var webhook = SomeWebhook.Unsigned(
            """{"test": 2432232314}"""u8.ToArray(),
            headers:
            [
                ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                ("webhook-timestamp", "1614265330"),
                ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
            ]);

        Assert.IsType<VerificationOutcome.Verified>(Verify(SomeCity.Hub(), webhook, now: DateTimeOffset.FromUnixTimeSeconds(1614265330)));
    }

    [Fact]
    public void Any_changed_byte_of_the_body_is_refused()
    {
        for (var i = 0; i < Body.Length; i++)
        {
            var signed = SomeWebhook.GitHubSignature(Body, SomeWebhook.GitHubSecret);
            var changed = (byte[])Body.Clone();
            changed[i] ^= 1;

            Assert.Equal(
                "the signature or token is wrong",
                Refusal(SomeCity.CodeClub(), SomeWebhook.Unsigned(changed, headers: ("X-Hub-Signature-256", "sha256=" + signed))));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18")]
    [InlineData("sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    public void A_signature_that_is_wrong_in_any_way_is_refused(string signature)
    {
        var webhook = SomeWebhook.Unsigned("Hello, World!"u8.ToArray(), headers: ("X-Hub-Signature-256", signature));

        Assert.Equal("the signature or token is wrong", Refusal(SomeCity.CodeClub(), webhook));
    }

    [Fact]
    public void Hex_may_be_upper_case()
    {
        var signature = SomeWebhook.GitHubSignature(Body, SomeWebhook.GitHubSecret).ToUpperInvariant();

        Assert.IsType<VerificationOutcome.Verified>(
            Verify(SomeCity.CodeClub(), SomeWebhook.Unsigned(Body, headers: ("X-Hub-Signature-256", "sha256=" + signature))));
    }

    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    public void Two_secrets_are_live_during_a_change(string used)
    {
        var secrets = SomeWebhook.Secrets(("Sources:plymouth:code-club:Secret", "old"), ("Sources:plymouth:code-club:NextSecret", "new"));

        Assert.IsType<VerificationOutcome.Verified>(Verify(SomeCity.CodeClub(), SomeWebhook.GitHub(Body, used), secrets));
        Assert.IsType<VerificationOutcome.Refused>(Verify(SomeCity.CodeClub(), SomeWebhook.GitHub(Body, "older"), secrets));
    }

    [Fact]
    public void One_good_signature_among_several_suffices()
    {
        var timestamp = "1795435200";
        var good = SomeWebhook.StandardSignature(Body, "msg_1", timestamp);
        var webhook = SomeWebhook.Unsigned(
            Body,
            headers: [
                ("webhook-id", "msg_1"),
                ("webhook-timestamp", timestamp),
                ("webhook-signature", $"v1a,AAAA v1,not-base64 v1,{new string('A', 43)}= v1,{good}")
            ]);

        Assert.IsType<VerificationOutcome.Verified>(Verify(SomeCity.Hub(), webhook, now: DateTimeOffset.FromUnixTimeSeconds(1795435200)));
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_signed_delivery_is_taken_within_300_seconds_only(int seconds, bool taken)
    {
        var outcome = Verify(SomeCity.Hub(), SomeWebhook.Standard(Body, at: SomeCity.Now.AddSeconds(seconds)));

        Assert.Equal(taken, outcome is VerificationOutcome.Verified);
    }

    [Theory]
    [InlineData("msg_2", "1795435200")]
    [InlineData("msg_1", "1795435201")]
    [InlineData("msg_1", "")]
    [InlineData("msg_1", "-1")]
    [InlineData("msg_1", "99999999999999999999")]
    public void Id_and_timestamp_are_signed_too(string id, string timestamp)
    {
        var signature = SomeWebhook.StandardSignature(Body, "msg_1", "1795435200");
        var webhook = SomeWebhook.Unsigned(
            Body, headers: [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", "v1," + signature)]);

        Assert.IsType<VerificationOutcome.Refused>(Verify(SomeCity.Hub(), webhook, now: DateTimeOffset.FromUnixTimeSeconds(1795435200)));
    }

    [Fact]
    public void A_token_in_the_body_is_compared_whole()
    {
        var right = SomeWebhook.Unsigned("""{"a":{"token":"x"},"token":"local-moodle-token"}"""u8.ToArray());
        var twice = SomeWebhook.Unsigned("""{"token":"local-moodle-token","token":"local-moodle-token"}"""u8.ToArray());
        var nested = SomeWebhook.Unsigned("""{"a":{"token":"local-moodle-token"}}"""u8.ToArray());
        var shorter = SomeWebhook.Unsigned("""{"token":"local-moodle-toke"}"""u8.ToArray());

        Assert.IsType<VerificationOutcome.Verified>(Verify(SomeCity.Moodle(), right));
        Assert.Equal("no token in the body", Refusal(SomeCity.Moodle(), twice));
        Assert.Equal("no token in the body", Refusal(SomeCity.Moodle(), nested));
        Assert.Equal("the signature or token is wrong", Refusal(SomeCity.Moodle(), shorter));
    }

    [Theory]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":null}""")]
    [InlineData("""{"token":"\ud800"}""")]
    [InlineData("""{}""")]
    [InlineData("")]
    public void Without_a_secret_nothing_is_taken(string body)
    {
        var secrets = SomeWebhook.Secrets(
            ("Sources:plymouth:moodle:Secret", ""), ("Sources:plymouth:code-club:Secret", ""), ("Sources:plymouth:hub:Secret", ""));
        var bytes = Encoding.UTF8.GetBytes(body);

        foreach (var (source, webhook) in new[]
        {
            (SomeCity.Moodle(), SomeWebhook.Unsigned(bytes)),
            (SomeCity.CodeClub(), SomeWebhook.GitHub(bytes, "")),
            (SomeCity.Hub(), SomeWebhook.Standard(bytes)),
        })
        {
            Assert.Equal("no secret is configured", Refusal(source, webhook, secrets));
        }
    }

    [Fact]
    public void The_secret_of_one_source_or_city_opens_no_other()
    {
        var secrets = SomeWebhook.Secrets(("Sources:brighton:code-club:Secret", "theirs"), ("Sources:plymouth:other:Secret", "theirs"));

        Assert.Equal("no secret is configured", Refusal(SomeCity.CodeClub(), SomeWebhook.GitHub(Body, "theirs"), secrets));
    }

    [Fact]
    public void Every_refusal_and_every_acceptance_takes_the_same_work()
    {
        var none = SomeWebhook.Secrets(("x", "y"));
        var moodle = """{"token":"local-moodle-token"}"""u8.ToArray();

        VerificationOutcome[] outcomes =
        [
            Verify(null, SomeWebhook.GitHub(Body)),
            Verify(SomeCity.Source("odd", "no-such-profile", []), SomeWebhook.GitHub(Body)),
            Verify(SomeCity.Moodle(), SomeWebhook.Unsigned(Body)),
            Verify(SomeCity.Moodle(), SomeWebhook.Unsigned(moodle)),
            Verify(SomeCity.Moodle(), SomeWebhook.Unsigned(moodle), none),
            Verify(SomeCity.CodeClub(), SomeWebhook.Unsigned(Body)),
            Verify(SomeCity.CodeClub(), SomeWebhook.GitHub(Body, "wrong")),
            Verify(SomeCity.CodeClub(), SomeWebhook.GitHub(Body)),
            Verify(SomeCity.CodeClub(), SomeWebhook.GitHub(Body), none),
            Verify(SomeCity.Hub(), SomeWebhook.Unsigned(Body)),
            Verify(SomeCity.Hub(), SomeWebhook.Standard(Body, at: SomeCity.Now.AddDays(-1))),
            Verify(SomeCity.Hub(), SomeWebhook.Standard(Body)),
            Verify(SomeCity.Hub(), SomeWebhook.Standard(Body), SomeWebhook.Secrets(("Sources:plymouth:hub:Secret", "whsec_not base64"))),
        ];

        Assert.All(outcomes, o => Assert.Equal(new VerificationEffort(Macs: 2, Scans: 1), o.Effort));
        Assert.Equal(3, outcomes.OfType<VerificationOutcome.Verified>().Count());
    }

    private static VerificationOutcome Verify(
        Source? source, UnverifiedWebhook webhook, SourceSecrets? secrets = null, DateTimeOffset? now = null) =>
        new WebhookVerifier(secrets ?? SomeWebhook.Secrets(), new FakeTimeProvider(now ?? SomeCity.Now)).Verify(
            SampleCity.Plymouth, source, webhook);

    private static string Refusal(Source source, UnverifiedWebhook webhook, SourceSecrets? secrets = null) =>
        Assert.IsType<VerificationOutcome.Refused>(Verify(source, webhook, secrets)).Reason;
}
