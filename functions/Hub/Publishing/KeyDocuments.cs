using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>The hub's public keys in each form that a verifier asks for; null where there is no such city or key.</summary>
public sealed class KeyDocuments(CityDirectory cities, ICredentialSigner signer, HubUrls urls)
{
    public async ValueTask<PublicDocument> JwksAsync(CancellationToken cancellationToken)
    {
        var all = await cities.AllAsync(cancellationToken);
        var keys = await Task.WhenAll(all.Select(async city => await signer.KeysAsync(city.Id, cancellationToken)));
        return Jwks.Set(keys.SelectMany(k => k), urls);
    }

    public async ValueTask<PublicDocument?> KeyAsync(string city, string keyId, CancellationToken cancellationToken)
    {
        if (await cities.FindAsync(city, cancellationToken) is not { } found)
        {
            return null;
        }

        var key = (await signer.KeysAsync(found.Id, cancellationToken)).FirstOrDefault(k => k.KeyId == keyId);
        return key is null ? null : Jwks.Single(key, urls);
    }

    public async ValueTask<PublicDocument?> ProfileAsync(string city, CancellationToken cancellationToken) =>
        await cities.FindAsync(city, cancellationToken) is { } found
            ? IssuerProfile.Of(found, await signer.KeysAsync(found.Id, cancellationToken), urls)
            : null;

    public async ValueTask<PublicDocument?> DidAsync(string city, CancellationToken cancellationToken) =>
        await cities.FindAsync(city, cancellationToken) is { } found
            ? DidDocument.Of(found, await signer.KeysAsync(found.Id, cancellationToken), urls)
            : null;
}
