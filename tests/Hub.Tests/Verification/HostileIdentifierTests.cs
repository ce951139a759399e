using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>
/// Addresses and names that nobody writes by accident, wherever a badge can say one: an answer each time, never a yes, never an exception.
/// </summary>
[Collection(nameof(IssuedHub))]
public sealed class HostileIdentifierTests(IssuedHub issued) : IAsyncDisposable
{
    private readonly Strangers _strangers = new(issued.Hub);

    public static TheoryData<string> Hostile =>
    [
        "", " ", "\0", "https://", "https://.", "https://..", "https://a..b/", "https://xn--/", "https://xn--a/",
        "https://xn--\u00e4.example/", "https://\u200d.example/", "https://a\u3002b/",
        "https://\uff11\uff12\uff17.0.0.1/",
        $"https://{new string('a', 64)}.example/", $"https://{string.Join('.', Enumerable.Repeat("a", 200))}/", "https://%00/",
        "https://%31%32%37.0.0.1/",
        "https://[::1%25eth0]/", "https://[::ffff:7f00:1]/", "https://0/", "https://0x7f000001/", "https://college.example:443:443/",
        "https://college.example:99999/",
        "https://college.example\\@mallory.example/", "https:college.example", "https:///college.example",
        "https://college.example/%", "https://college.example/\r\nX: y", "https://\u202ecollege.example/",
        "did:", "did:web:", "did:web:%", "did:web:xn--a", "did:key:", "did:key:z", "did:jwk:", "did:jwk:e30",
        "did:jwk:!", "did:jwk:bnVsbA", "did:jwk:eyJrdHkiOiJFQyJ9",
        $"{HubUnderTest.Address}/cities/", $"{HubUnderTest.Address}/cities/..", $"{HubUnderTest.Address}/cities/\\",
        $"{HubUnderTest.Address}/cities/?", $"{HubUnderTest.Address}/cities/\0",
        $"{HubUnderTest.Address}/cities/%2e%2e", $"{HubUnderTest.Address}/cities/'", $"{HubUnderTest.Address}/cities/\ud83c\udf0a",
        $"{HubUnderTest.Address}/cities/{new string('a', 2000)}",
        $"{HubUnderTest.Address}/badges/{new string('\\', 26)}", $"{HubUnderTest.Address}/badges/{new string('?', 26)}",
        $"{HubUnderTest.Address}/badges/{new string('\u0001', 26)}",
    ];

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public async Task As_issuer(string hostile)
    {
        var issuer = new SomeIssuer(hostile, $"{hostile}#k1", SomeKeys.Of(KeyKind.P256));

        foreach (var badge in new[]
        {
            Proved(hostile, issuer.Method, issuer.Key),
            Token(hostile, issuer.Method, issuer.Key),
            Proved(hostile, null, issuer.Key)
        })
        {
            Assert.NotEqual(Answer.Yes, (await _strangers.VerifyAsync(badge)).Authentic);
        }
    }

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public async Task As_key(string hostile)
    {
        foreach (var way in new[] { "https", "did:web", "did:key" })
        {
            var issuer = _strangers.Issuer(way);

            Assert.NotEqual(Answer.Yes, (await _strangers.VerifyAsync(Proved(issuer.Id, hostile, issuer.Key))).Authentic);
            Assert.NotEqual(Answer.Yes, (await _strangers.VerifyAsync(Token(issuer.Id, hostile, issuer.Key))).Authentic);
        }
    }

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public async Task As_status_list_and_as_what_the_badge_is_called(string hostile)
    {
        var issuer = _strangers.Issuer("did:key");
        var credential = Credential(issuer.Id);
        credential["credentialStatus"] = new JsonObject
        {
            ["type"] = "BitstringStatusListEntry",
            ["statusPurpose"] = "revocation",
            ["statusListIndex"] = "7",
            ["statusListCredential"] = hostile,
        };
        (credential["id"], credential["credentialSubject"]!["achievement"]!["id"]) = (hostile, hostile);

        var report = await _strangers.VerifyAsync(issuer.Token(SomeForeignBadge.Payload(credential)));

        Assert.NotEqual(Answer.Yes, report.Current);
    }

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public async Task As_the_address_of_a_badge_and_as_a_citys_badge(string hostile)
    {
        var own = Credential($"{HubUnderTest.Address}/cities/plymouth");
        own["id"] = hostile;

        Assert.NotEqual(Answer.Yes, (await _strangers.VerifyAsync(hostile)).Authentic);
        Assert.NotEqual(Answer.Yes, (await _strangers.VerifyAsync(own)).Authentic);
    }

    private static JsonObject Credential(string issuer)
    {
        var credential = SomeForeignBadge.Credential("did:example:x");
        credential["issuer"]!["id"] = issuer;
        return credential;
    }

    private static string Proved(string issuer, string? method, SomeKeyPair key)
    {
        var credential = Credential(issuer);
        return method is null
            ? credential.ToJsonString()
            : new SomeIssuer(issuer, method, key).Proved(credential, Cryptosuite.EcdsaJcs2019).ToJsonString();
    }

    private static string Token(string issuer, string method, SomeKeyPair key) =>
        new SomeIssuer(issuer, method, key).Token(SomeForeignBadge.Payload(Credential(issuer)));
}
