using Azure.Core;

namespace CitiesOfLearning.LocalKeys;

/// <summary>Who the app is on a laptop, for services that ask for a token and take any: the mailbox of functions/DevHost.</summary>
internal sealed class LocalCredential : TokenCredential
{
    private static readonly AccessToken Token = new("local", DateTimeOffset.MaxValue);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => Token;

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Token);
}
