using System.Text.Json;
using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Credentials.Keys;

namespace CitiesOfLearning.Hub.Verification.Issuers;

/// <summary>
/// Finds the key that somebody's credential names, and makes sure that it belongs to the credential's issuer: anybody can publish a key and
/// write another's name on it, so the issuer must say so too.
/// </summary>
public sealed partial class IssuerKeys(IssuerDocuments documents, HostKeys hostKeys, TimeProvider time)
{
    /// <summary>The key of a JWS header's <c>kid</c>; no other header parameter is looked at.</summary>
    public Task<IssuerKey> FindByKeyIdAsync(string? kid, string issuer, CancellationToken cancellationToken) => kid switch
    {
        null => Task.FromResult<IssuerKey>(IssuerKey.Unknown.NotNamed),
        ['#', ..] => FindAsync(issuer + kid, issuer, cancellationToken),
        _ when IsHttps(kid) && IsHttps(issuer) => hostKeys.FindAsync(kid, issuer, cancellationToken),
        _ => FindAsync(kid, issuer, cancellationToken),
    };

    /// <summary>The key of an embedded proof's <c>verificationMethod</c>, for purpose <c>assertionMethod</c>.</summary>
    public async Task<IssuerKey> FindAsync(string verificationMethod, string issuer, CancellationToken cancellationToken)
    {
        var controller = verificationMethod.Split('#')[0];
        if (IsHttps(controller) && IsHttps(issuer))
        {
            return await AtAddressAsync(verificationMethod, controller, issuer, cancellationToken);
        }

        if (!IsHttps(issuer) && !IsDid(issuer))
        {
            return IssuerKey.Unknown.OtherMethod;
        }

        if (!IsHttps(controller) && !IsDid(controller))
        {
            return IssuerKey.Unknown.NotNamed;
        }

        // A DID speaks for itself and for nobody else.
        if (controller != issuer)
        {
            return IssuerKey.Refused.OtherIssuer;
        }

        if (SelfCertifyingDid.Is(controller))
        {
            return SelfCertifyingDid.Read(verificationMethod) is { } method ? new IssuerKey.Found(method.Key) : IssuerKey.Unknown.Unsound;
        }

        return DidWeb.DocumentOf(controller) is not { } address ? IssuerKey.Unknown.OtherMethod
            : await documents.FindAsync(address, cancellationToken) is { } document ? ControllerDocument.Key(document, verificationMethod, issuer, time.GetUtcNow())
            : IssuerKey.Unknown.Unreachable;
    }

    // The key's document says who controls it. That the issuer agrees shows in one of two ways: the key lies below the issuer's own address, or
    // the document at the issuer's address lists it.
    private async Task<IssuerKey> AtAddressAsync(string id, string address, string issuer, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(address, cancellationToken) is not { } document)
        {
            return IssuerKey.Unknown.Unreachable;
        }

        if (address == issuer)
        {
            return ControllerDocument.Key(document, id, issuer, time.GetUtcNow());
        }

        if (ControllerDocument.Method(document, id) is not { } method)
        {
            return IssuerKey.Refused.NotListed;
        }

        var key = ControllerDocument.Key(method, issuer, time.GetUtcNow());
        if (key is not IssuerKey.Found || IsBelow(id, issuer))
        {
            return key;
        }

        return await documents.FindAsync(issuer, cancellationToken) is not { } issuers ? IssuerKey.Unknown.Unreachable
            : ControllerDocument.Lists(issuers, id, issuer) ? key
            : IssuerKey.Refused.NotListed;
    }

    private static bool IsBelow(string id, string issuer) =>
        !issuer.AsSpan().ContainsAny('?', '#') && issuer.TrimEnd('/') + "/" is var parent
        && id.StartsWith(parent, StringComparison.Ordinal) && PlainPath().IsMatch(id[parent.Length..]);

    private static bool IsDid(string address) => address.StartsWith("did:", StringComparison.Ordinal);

    private static bool IsHttps(string address) => address.StartsWith("https://", StringComparison.Ordinal);

    // Nothing that a server may take for a step up or a query.
    [GeneratedRegex(@"^(?!.*\.\.)[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*(#[A-Za-z0-9._~:-]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainPath();
}
