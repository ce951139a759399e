using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Tests.Keys;

namespace CitiesOfLearning.Hub.Tests.Verification.Issuers;

/// <summary>Tokens whose key is an address: what is there, and what the issuer's host publishes.</summary>
[Collection(nameof(IssuedHub))]
public sealed class HostKeyTests(IssuedHub issued) : IAsyncDisposable
{
    private const string Set = $"{SomeIssuer.Host}/.well-known/jwks.json";

    private readonly Strangers _strangers = new(issued.Hub);

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    [Fact]
    public async Task A_kid_on_another_host_is_good_if_the_issuers_host_publishes_the_same_key()
    {
        var issuer = _strangers.Issuer("host keys") with { Method = "https://vendor.example/keys/9" };
        _strangers.Internet.Serve(issuer.Method, issuer.Key.Jwk);

        Assert.Equal(Answer.Yes, (await VerifyAsync(issuer)).Authentic);
    }

    [Theory]
    [InlineData($"{Set}#k1", "k1", Answer.Yes)]
    [InlineData($"{Set}#k1", $"{Set}#k1", Answer.Yes)]
    [InlineData($"{Set}#k1", "k2", Answer.Unknown)]
    [InlineData($"{Set}#k1", null, Answer.Unknown)]
    [InlineData(Set, "k1", Answer.Unknown)]
    public async Task A_kid_may_name_one_key_of_a_set(string kid, string? name, Answer authentic)
    {
        var issuer = _strangers.Issuer("host keys") with { Method = kid };
        var (its, other) = (issuer.Key.Jwk.DeepClone(), SomeKeys.Of(KeyKind.P256).Jwk);
        (its["kid"], other["kid"]) = (name, "k0");
        _strangers.Internet.Serve(Set, new JsonObject { ["keys"] = new JsonArray(other, its) });

        Assert.Equal(authentic, (await VerifyAsync(issuer)).Authentic);
    }

    [Fact]
    public async Task A_kid_that_two_keys_of_a_set_have_names_neither()
    {
        var issuer = _strangers.Issuer("host keys") with { Method = $"{Set}#k1" };
        var (its, other) = (issuer.Key.Jwk.DeepClone(), SomeKeys.Of(KeyKind.P256).Jwk);
        (its["kid"], other["kid"]) = ("k1", "k1");
        _strangers.Internet.Serve(Set, new JsonObject { ["keys"] = new JsonArray(its, other) });

        Assert.Equal((CheckOutcome.Unknown, "Check.key.unsound"), (await VerifyAsync(issuer)).Of("key"));
    }

    [Fact]
    public async Task A_kid_on_another_host_with_a_key_that_the_issuers_host_does_not_publish_is_refused()
    {
        var issuer = _strangers.Issuer("host keys") with { Method = "https://mallory.example/keys/1", Key = SomeKeys.Of(KeyKind.P256) };
        _strangers.Internet.Serve(issuer.Method, issuer.Key.Jwk);

        // Mallory's own set does not help: the issuer's host is asked.
        _strangers.Internet.Serve(
            "https://mallory.example/.well-known/jwks.json", new JsonObject { ["keys"] = new JsonArray(issuer.Key.Jwk.DeepClone()) });

        Assert.Equal((CheckOutcome.Fail, "Check.key.notListed"), (await VerifyAsync(issuer)).Of("key"));
    }

    [Theory]
    [InlineData("https://college.example/issuers/7", "Check.key.ok")]
    [InlineData("https://college.example/issuers/8", "Check.key.notIssuers")]
    public async Task Where_a_host_speaks_for_several_issuers_each_key_is_for_its_own(string iss, string words)
    {
        var issuer = _strangers.Issuer("host keys");
        var (its, other) = (issuer.Key.Jwk.DeepClone(), SomeKeys.Of(KeyKind.P256).Jwk);
        (its["iss"], other["iss"]) = (iss, "https://college.example/issuers/9");
        _strangers.Internet.Serve(Set, new JsonObject { ["keys"] = new JsonArray(other, its) });

        Assert.Equal(words, (await VerifyAsync(issuer)).Of("key").TextKey);
    }

    [Fact]
    public async Task A_key_without_an_owner_among_keys_with_owners_is_nobodys()
    {
        var issuer = _strangers.Issuer("host keys");
        var other = SomeKeys.Of(KeyKind.P256).Jwk;
        other["iss"] = "https://college.example/issuers/9";
        _strangers.Internet.Serve(Set, new JsonObject { ["keys"] = new JsonArray(other, issuer.Key.Jwk.DeepClone()) });

        Assert.Equal((CheckOutcome.Fail, "Check.key.notIssuers"), (await VerifyAsync(issuer)).Of("key"));
    }

    [Theory]
    [InlineData("use", "enc")]
    [InlineData("alg", "RS256")]
    [InlineData("d", "secret")]
    public async Task A_key_that_is_not_for_this_is_not_used(string member, string value)
    {
        var issuer = _strangers.Issuer("host keys");
        var jwk = issuer.Key.Jwk.DeepClone();
        jwk[member] = value;
        _strangers.Internet.Serve(issuer.Method, jwk);

        Assert.Equal((CheckOutcome.Unknown, "Check.key.unsound"), (await VerifyAsync(issuer)).Of("key"));
    }

    [Theory]
    [InlineData(Set)]
    [InlineData("https://college.example/keys/1")]
    public async Task Keys_that_cannot_be_had_are_could_not_check(string missing)
    {
        var issuer = _strangers.Issuer("host keys");
        _strangers.Internet.Remove(missing);

        Assert.Equal((CheckOutcome.Unknown, "Check.key.unreachable"), (await VerifyAsync(issuer)).Of("key"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key-1")]
    [InlineData("")]
    public async Task A_token_that_names_no_key_by_an_address_is_could_not_check_whatever_key_is_in_it(string? kid)
    {
        var issuer = _strangers.Issuer("host keys");

        var report = await _strangers.VerifyAsync(issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id)), h =>
        {
            h.Remove("kid");
            if (kid is not null)
            {
                h["kid"] = kid;
            }

            (h["jwk"], h["jku"], h["x5u"]) = (issuer.Key.Jwk.DeepClone(), Set, "https://mallory.example/x5u");
        }));

        Assert.Equal((CheckOutcome.Unknown, "Check.key.notNamed"), report.Of("key"));
        Assert.Empty(_strangers.Internet.Requests);
    }

    private Task<VerificationReport> VerifyAsync(SomeIssuer issuer) =>
        _strangers.VerifyAsync(issuer.Token(SomeForeignBadge.Payload(SomeForeignBadge.Credential(issuer.Id))));
}
