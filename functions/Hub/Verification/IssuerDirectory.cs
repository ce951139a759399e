using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Verification.Fetching;
using CitiesOfLearning.Hub.Verification.Issuers;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>Finds out whom a credential names as its issuer.</summary>
public sealed class IssuerDirectory(
    CityDirectory cities,
    ICredentialSigner signer,
    StatusReader lists,
    IssuerKeys keys,
    DocumentFetcher fetcher,
    ProofVerifier proofs,
    HubUrls urls,
    TimeProvider time)
{
    /// <summary>Null if it is nobody who could be asked: nobody else can say anything of an address of ours.</summary>
    /// <param name="id">As the credential has it.</param>
    public async Task<Issuer?> FindAsync(string? id, CancellationToken cancellationToken) =>
        id is null ? null
        : urls.CityOf(id) is var (cityId, scheme)
            ? await cities.FindAsync(cityId, cancellationToken) is { } city
                ? new Issuer.OfCity(city, scheme, signer, lists, proofs, urls, time)
                : null
        : urls.IsOwn(id) ? null
        : new Issuer.Stranger(id, keys, fetcher, proofs, time);
}
