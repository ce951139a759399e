using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Security row 5: what a verification asks of others, how often, and when not at all.</summary>
[Collection(nameof(IssuedHub))]
public sealed class ForeignFetchTests(IssuedHub issued) : IAsyncDisposable
{
    private const string Url = "https://badges.example/1";

    private readonly Strangers _strangers = new(issued.Hub);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    [Theory]
    [InlineData("token")]
    [InlineData("JSON")]
    [InlineData("PNG")]
    [InlineData("SVG")]
    public async Task A_badge_is_fetched_from_its_address_in_every_form(string form)
    {
        var issuer = _strangers.Issuer("https");
        var token = Encoding.ASCII.GetBytes(Token(issuer));
        _strangers.Internet.Redirect(Url, "https://cdn.example/1");
        _strangers.Internet.Serve("https://cdn.example/1", form switch
        {
            "token" => token,
            "JSON" =>
                Encoding.UTF8.GetBytes(issuer.Proved(SomeForeignBadge.Credential(issuer.Id), Cryptosuite.EcdsaJcs2019).ToJsonString()),
            "PNG" => PngBaker.Bake(Some.Png(), token),
            _ => SvgBaker.Bake(Encoding.UTF8.GetBytes(Some.Svg()), token),
        });

        var report = await _strangers.VerifyAsync(Url);

        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Unknown), report.Answers());
        Assert.Equal(["cdn.example"], report.Checks.Single(c => c.Id == "input").Arguments);
    }

    [Theory]
    [InlineData("https://gone.example/1", "unreachable")]
    [InlineData("http://badges.example/1", "unreachable")]
    [InlineData("https://127.0.0.1/1", "unreachable")]
    [InlineData("https://[::ffff:169.254.169.254]/latest", "unreachable")]
    [InlineData("https://badges.example:8443/1", "unreachable")]
    [InlineData("https://me:secret@badges.example/1", "unreachable")]
    [InlineData("https://badges.example/page", "noBadgeThere")]
    [InlineData("https://badges.example/elsewhere", "noBadgeThere")]
    public async Task An_address_without_a_badge_is_could_not_check(string url, string words)
    {
        _strangers.Internet.Serve(Url, Encoding.ASCII.GetBytes(Token(_strangers.Issuer("did:key"))));
        _strangers.Internet.Serve("https://badges.example/page", "<html></html>"u8.ToArray());
        _strangers.Internet.Serve("https://badges.example/elsewhere", Encoding.ASCII.GetBytes(Url));

        var report = await _strangers.VerifyAsync(url);

        Assert.Equal((Answer.Unknown, Answer.Unknown, Answer.Unknown), report.Answers());
        Assert.Equal((CheckOutcome.Unknown, $"Check.input.{words}"), report.Of("input"));
    }

    [Fact]
    public async Task A_citys_badge_calls_nobody_in_any_form()
    {
        var (hub, badge) = (issued.Hub, issued.Badge);
        var embedded = BadgeDisclosure.Show((await hub
            .Get<AwardTable>()
            .SignedAsync(badge.AwardId, Cancel))!.Embedded, BadgeDisclosure.Everything);

        foreach (var form in new[]
        {
            badge.Jwt,
            badge.Png,
            badge.Svg,
            embedded,
            badge.Payload,
            Encoding.ASCII.GetBytes(hub.Urls.Credential(badge.AwardId))
        })
        {
            await _strangers.VerifyAsync(form);
        }

        Assert.Equal((Answer.Yes, Answer.Yes, Answer.Yes), (await _strangers.VerifyAsync(badge.Jwt)).Answers());
        Assert.Empty(_strangers.Internet.Looked);
    }

    [Theory]
    [InlineData($"{HubUnderTest.Address}/cities/plymouth", "ours")]
    [InlineData($"{HubUnderTest.Address}/cities/plymouth/", "nobody")]
    [InlineData($"{HubUnderTest.Address}/cities/Plymouth", "nobody")]
    [InlineData($"{HubUnderTest.Address}:443/cities/plymouth", "nobody")]
    [InlineData($"{HubUnderTest.Address}/cities/nowhere", "nobody")]
    [InlineData("https://HUB.example/cities/plymouth", "nobody")]
    [InlineData("https://hub.example/cities/plymouth#x", "nobody")]
    [InlineData("http://hub.example/cities/plymouth", "foreign")]
    [InlineData("https://hub.example./cities/plymouth", "foreign")]
    [InlineData("https://hub.example@mallory.example/cities/plymouth", "foreign")]
    [InlineData("did:web:hub.example:cities:plymouth", "ours")]
    [InlineData("did:web:hub.example:cities:nowhere", "nobody")]
    [InlineData("did:web:hub.example:cities:Plymouth", "nobody")]
    [InlineData("did:web:hub.example:cities:plymouth:keys", "nobody")]
    [InlineData("did:web:HUB.example:cities:plymouth", "nobody")]
    [InlineData("did:web:hub.example%3A443:cities:plymouth", "foreign")]
    [InlineData("did:web:hub.example", "foreign")]
    public async Task Nobody_else_can_speak_for_a_city(string city, string whose)
    {
        var key = SomeKeys.Of(KeyKind.P256);
        foreach (var method in new[] { $"{key.Did}#{key.Multibase}", "https://mallory.example/k", $"{city}#k1" })
        {
            var forger = new SomeIssuer(city, method, key);
            _strangers.Internet.Serve("https://mallory.example/k", forger.VerificationMethod());

            foreach (var badge in new[]
            {
                Token(forger),
                forger.Proved(SomeForeignBadge.Credential(city), Cryptosuite.EcdsaJcs2019).ToJsonString()
            })
            {
                var report = await _strangers.VerifyAsync(badge);

                Assert.NotEqual(Answer.Yes, report.Authentic);
                Assert.Equal($"Check.issuer.{whose}", report.Of("issuer").TextKey);
            }
        }

        Assert.True(whose == "foreign" || _strangers.Internet.Looked.IsEmpty);
    }

    [Fact]
    public async Task A_badge_with_as_many_proofs_and_lists_as_it_may_have_asks_a_bounded_number_of_times()
    {
        var issuer = _strangers.Issuer("https");
        var badge = SomeForeignBadge.Credential(issuer.Id);
        badge["credentialStatus"] = new JsonArray([.. Enumerable.Range(1, 4).Select(n => new JsonObject
        {
            ["type"] =
                "BitstringStatusListEntry", ["statusPurpose"] =
                    "revocation", ["statusListIndex"] = "7", ["statusListCredential"] = $"https://lists{n}.example/1",
        })]);
        var document = issuer.Document();
        foreach (var n in Enumerable.Range(1, 7))
        {
            var other = issuer with { Method = $"https://victim{n}.example/k" };
            document["assertionMethod"]!.AsArray().Add(other.Method);
            _strangers.Internet.Serve(other.Method, other.VerificationMethod());
            badge = other.Proved(badge, Cryptosuite.EcdsaJcs2019);
        }

        _strangers.Internet.Serve(issuer.Id, document);
        badge = issuer.Proved(badge, Cryptosuite.EcdsaJcs2019);
        foreach (var n in Enumerable.Range(1, 4))
        {
            _strangers.Internet.Serve($"https://lists{n}.example/1", badge);
        }

        await _strangers.VerifyAsync(badge);

        // The issuer's document, three keys of the badge, four lists and three keys of each, which here are the same.
        Assert.InRange(_strangers.Internet.Requests.Count, 1, 1 + 3 + 4);
    }

    [Fact]
    public async Task What_was_fetched_a_moment_ago_is_not_fetched_again()
    {
        var issuer = _strangers.Issuer("host keys");

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Answer.Yes, (await _strangers.VerifyAsync(Token(issuer))).Authentic);
        }

        Assert.Equal(2, _strangers.Internet.Requests.Count);
    }

    private static string Token(SomeIssuer issuer) => issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)));
}
