using System.Security.Cryptography;
using Azure;
using Azure.Security.KeyVault.Keys;
using Azure.Security.KeyVault.Keys.Cryptography;

namespace CitiesOfLearning.Infra.Tests.KeyVault;

/// <summary>
/// A vault in memory: versions of keys, which may be disabled, expire and be told to sign wrongly; it may be out of reach, or think
/// for as long as a test wants. Counts what it is asked.
/// </summary>
internal sealed class Vault(TimeProvider time) : KeyClient
{
    private readonly List<(KeyProperties Properties, AsymmetricAlgorithm Key)> _versions = [];
    private int _listings;

    public bool SignsWrongly { get; set; }

    public bool IsUnreachable { get; set; }

    public int Listings => _listings;

    /// <summary>No key is listed before it is done.</summary>
    public Task Thinks { get; set; } = Task.CompletedTask;

    public KeyProperties Add(string name, string version, DateTimeOffset? notBefore = null, DateTimeOffset? expiresOn = null)
    {
        var properties = KeyModelFactory.KeyProperties(
            name: name, version: version, createdOn: time.GetUtcNow(), updatedOn: time.GetUtcNow());
        (properties.Enabled, properties.NotBefore, properties.ExpiresOn) = (true, notBefore, expiresOn);
        _versions.Add((properties, name.EndsWith("es256", StringComparison.Ordinal)
            ? ECDsa.Create(ECCurve.NamedCurves.nistP256)
            : RSA.Create(2048)));
        return properties;
    }

    public override AsyncPageable<KeyProperties> GetPropertiesOfKeyVersionsAsync(string name, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _listings);
        if (IsUnreachable)
        {
            return new Failing(503);
        }

        var found = _versions.Where(v => v.Properties.Name == name).Select(v => v.Properties).ToList();
        return found.Count > 0
            ? new Listed(Thinks, Page<KeyProperties>.FromValues(found, null, null!))
            : new Failing(404);
    }

    public override Task<Response<KeyVaultKey>> GetKeyAsync(
        string name, string? version = null, CancellationToken cancellationToken = default)
    {
        var (properties, key) = Find(name, version);
        return Task.FromResult(Response.FromValue(
            KeyModelFactory.KeyVaultKey(properties, key is ECDsa ec ? new JsonWebKey(ec) : new JsonWebKey((RSA)key)), null!));
    }

    public override CryptographyClient GetCryptographyClient(string keyName, string? keyVersion = null) =>
        new Signing(this, Find(keyName, keyVersion).Key);

    private (KeyProperties Properties, AsymmetricAlgorithm Key) Find(string name, string? version) =>
        _versions.Single(v => v.Properties.Name == name && v.Properties.Version == version);

    private sealed class Signing(Vault vault, AsymmetricAlgorithm key) : CryptographyClient
    {
        public override Task<SignResult> SignAsync(
            SignatureAlgorithm algorithm, byte[] digest, CancellationToken cancellationToken = default)
        {
            var signature = (key, algorithm.ToString().Contains("ES256", StringComparison.Ordinal)) switch
            {
                (ECDsa ec, true) => ec.SignHash(digest),
                (RSA rsa, false) => rsa.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                _ => throw new RequestFailedException(400, "The key does not sign with this algorithm."),
            };
            signature[^1] ^= vault.SignsWrongly ? (byte)1 : (byte)0;
            return Task.FromResult(CryptographyModelFactory.SignResult(signature: signature, algorithm: algorithm));
        }
    }

    private sealed class Listed(Task thinks, Page<KeyProperties> page) : AsyncPageable<KeyProperties>
    {
        public override async IAsyncEnumerable<Page<KeyProperties>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            await thinks;
            yield return page;
        }
    }

    private sealed class Failing(int status) : AsyncPageable<KeyProperties>
    {
        public override IAsyncEnumerable<Page<KeyProperties>> AsPages(
            string? continuationToken = null,
            int? pageSizeHint = null) => throw new RequestFailedException(status, "The vault does not list them.");
    }
}
