using CitiesOfLearning.Hub.Verification.Issuers;

namespace CitiesOfLearning.Hub.Tests.Verification.Issuers;

/// <summary>https://w3c-ccg.github.io/did-method-web/#read-resolve, with the examples of the specification.</summary>
public sealed class DidWebTests
{
    [Theory]
    [InlineData("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json")]
    [InlineData("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json")]
    [InlineData("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json")]
    [InlineData("did:web:example.com%3a3000", "https://example.com:3000/.well-known/did.json")]
    [InlineData("did:web:example.com:.well-known", "https://example.com/.well-known/did.json")]
    [InlineData("did:web:example.com:a..b", "https://example.com/a..b/did.json")]
    public void A_DID_is_an_address(string did, string address) => Assert.Equal(address, DidWeb.DocumentOf(did));

    [Theory]
    [InlineData("did:web:")]
    [InlineData("did:web:example.com:")]
    [InlineData("did:web:example.com::alice")]
    [InlineData("did:web:example.com:..")]
    [InlineData("did:web:example.com:.:alice")]
    [InlineData("did:web:example.com:user:..:bob")]
    [InlineData("did:web:example.com%2Fuser")]
    [InlineData("did:web:example.com:%2e%2e")]
    [InlineData("did:web:example.com%3A")]
    [InlineData("did:web:example.com%3A443%3A80")]
    [InlineData("did:web:me@example.com")]
    [InlineData("did:web:example.com/user")]
    [InlineData("did:web:example.com?x")]
    [InlineData("did:web:example.com#k1")]
    [InlineData("did:web:example.com\n")]
    [InlineData("did:web:ex ample.com")]
    [InlineData("did:web:ex\u00e4mple.com")]
    [InlineData("DID:WEB:example.com")]
    [InlineData("did:key:example.com")]
    public void What_is_no_such_DID_or_could_lead_elsewhere_is_no_address(string did) => Assert.Null(DidWeb.DocumentOf(did));
}
