using System.Text.Json;
using CitiesOfLearning.Hub.Verification.Fetching;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.Hub.Verification.Issuers;

/// <summary>Documents in which issuers speak of their keys.</summary>
public sealed class IssuerDocuments(DocumentFetcher fetcher)
{
    /// <summary>
    /// Null if there is none, if it is not acceptable JSON, or if another host gave it: whoever finds an open redirect on an issuer's site
    /// must not speak for the issuer.
    /// </summary>
    public async Task<JsonElement?> FindAsync(string address, WorkBudget budget)
    {
        if (await fetcher.FetchAsync(address, budget) is not Fetched.Found found
            || !found.Address.Host.Equals(new Uri(address).Host, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        using var document = CredentialJson.TryParse(found.Body);
        return document is { RootElement.ValueKind: JsonValueKind.Object } ? document.RootElement.Clone() : null;
    }
}
