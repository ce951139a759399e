using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Verification.Issuers;

/// <summary>
/// Finds the key that somebody's credential names, and makes sure that it belongs to the credential's issuer: anybody can publish a key and
/// write another's name on it, so the issuer must say so too.
/// </summary>
public sealed class IssuerKeys(IssuerDocuments documents, HostKeys hostKeys, TimeProvider time)
{
    /// <summary>The key of a JWS header's <c>kid</c>; no other header parameter is looked at.</summary>
    public Task<IssuerKey> FindByKeyIdAsync(string? kid, string issuer, WorkBudget budget) => kid switch
    {
        null => Task.FromResult<IssuerKey>(IssuerKey.Unknown.NotNamed),
        ['#', ..] => FindAsync(issuer + kid, issuer, budget),

        // A key in the issuer's own document (https://www.w3.org/TR/vc-jose-cose/#using-controlled-identifier-documents), or one that is a
        // JWK by itself.
        _ when IsHttps(kid) && IsHttps(issuer) && !kid.StartsWith(issuer + "#", StringComparison.Ordinal) =>
            hostKeys.FindAsync(kid, issuer, budget),
        _ => FindAsync(kid, issuer, budget),
    };

    /// <summary>The key of an embedded proof's <c>verificationMethod</c>, for purpose <c>assertionMethod</c>.</summary>
    public async Task<IssuerKey> FindAsync(string verificationMethod, string issuer, WorkBudget budget)
    {
        var controller = verificationMethod.Split('#')[0];
        if (IsHttps(controller) && IsHttps(issuer))
        {
            return await AtAddressAsync(verificationMethod, controller, issuer, budget);
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
            : await documents.FindAsync(address, budget) is { } document
                ? ControllerDocument.Key(document, verificationMethod, issuer, time.GetUtcNow())
            : IssuerKey.Unknown.Unreachable;
    }

    // https://www.w3.org/TR/cid-1.0/#retrieve-verification-method: anybody can publish a key and name the issuer as its controller,
    // wherever it lies, so the document at the issuer's own address must list it. That is asked first: only what it lists is fetched.
    private async Task<IssuerKey> AtAddressAsync(string id, string address, string issuer, WorkBudget budget)
    {
        if (await documents.FindAsync(issuer, budget) is not { } own)
        {
            return IssuerKey.Unknown.Unreachable;
        }

        if (address == issuer || ControllerDocument.Has(own, id))
        {
            return ControllerDocument.Key(own, id, issuer, time.GetUtcNow());
        }

        return ControllerDocument.Problem(own, id, issuer) is { } problem ? problem
            : await documents.FindAsync(address, budget) is not { } elsewhere ? IssuerKey.Unknown.Unreachable
            : ControllerDocument.KeyElsewhere(elsewhere, id, issuer, time.GetUtcNow());
    }

    private static bool IsDid(string address) => address.StartsWith("did:", StringComparison.Ordinal);

    private static bool IsHttps(string address) => address.StartsWith("https://", StringComparison.Ordinal);
}
