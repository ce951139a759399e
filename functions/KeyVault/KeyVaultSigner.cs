using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure;
using Azure.Security.KeyVault.Keys;
using Azure.Security.KeyVault.Keys.Cryptography;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.OpenBadges.Keys;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.KeyVault;

/// <summary>
/// Signs with keys that never leave Key Vault: <c>{city}-es256</c> and <c>{city}-rs256</c>, each version of them a key of its own, whose
/// id is the version.
/// </summary>
internal sealed partial class KeyVaultSigner(KeyClient vault, TimeProvider time, ILogger<KeyVaultSigner> logger)
    : ICredentialSigner, IDisposable
{
    private const int MaxReadsAtOnce = 16;

    // A rotation is seen within this time; a retired version still verifies.
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    // Other instances know a new version after Freshness, and caches of what is published after as long again.
    private static readonly TimeSpan SettleTime = 2 * Freshness;

    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(30);

    // Public keys are for ever: while the vault is away or slow, those that are known go on verifying.
    private readonly ConcurrentDictionary<CityId, Remembered<CityKeys>> _cities = new();
    private readonly SemaphoreSlim _reads = new(MaxReadsAtOnce);

    public async ValueTask<SigningKey> CurrentKeyAsync(CityId city, SigningAlgorithm algorithm, CancellationToken cancellationToken)
    {
        try
        {
            var keys = await FreshAsync(city, cancellationToken);
            var now = time.GetUtcNow();
            var usable = keys.Versions
                .Where(v => v.IsEnabled && v.Public.Algorithm == algorithm && v.Public.NotBefore <= now && !(v.Public.NotAfter <= now))
                .ToList();
            return (usable.FindLast(v => v.CreatedOn <= now - SettleTime) ?? usable.FirstOrDefault())?.Public
                ?? throw new InvalidOperationException($"The vault has no enabled key {Name(city, algorithm)}.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Failed(logger, city, Name(city, algorithm), e);
            throw;
        }
    }

    public async ValueTask<IReadOnlyList<SigningKey>> KeysAsync(CityId city, CancellationToken cancellationToken) =>
        (await KeysOf(city).GetAsync(cancellationToken)).Public;

    public async ValueTask<byte[]> SignAsync(SigningKey key, ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        var algorithm = key.Algorithm == SigningAlgorithm.ES256 ? SignatureAlgorithm.ES256 : SignatureAlgorithm.RS256;
        try
        {
            var version = (await KeysOf(key.City).GetAsync(cancellationToken)).Versions.Single(v => v.Public.KeyId == key.KeyId);
            var signature = (await version.Client.SignAsync(algorithm, digest.ToArray(), cancellationToken)).Signature;

            // Whatever went wrong on the way, nothing leaves that the world would not accept.
            return key.Verifies(digest.Span, signature)
                ? signature
                : throw new CryptographicException($"The vault's signature with {key.KeyId} does not verify.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Failed(logger, key.City, key.KeyId, e);
            throw;
        }
    }

    public void Dispose() => _reads.Dispose();

    private Remembered<CityKeys> KeysOf(CityId city) =>
        _cities.GetOrAdd(city, _ => new Remembered<CityKeys>(known => ReadAsync(city, known), Freshness, time));

    // Not what may have changed: the key that signs is enabled, and the vault answers.
    private async ValueTask<CityKeys> FreshAsync(CityId city, CancellationToken cancellationToken) =>
        KeysOf(city) is var keys && keys.Fresh() is { } fresh ? fresh : await keys.LookAsync(cancellationToken);

    private async Task<CityKeys> ReadAsync(CityId city, CityKeys? known)
    {
        using var patience = new CancellationTokenSource(ReadPatience, time);
        await _reads.WaitAsync(patience.Token);
        try
        {
            var versions = new List<KeyVersion>();
            foreach (var algorithm in Enum.GetValues<SigningAlgorithm>())
            {
                await foreach (var properties in VersionsAsync(Name(city, algorithm), patience.Token))
                {
                    versions.Add(known?.Find(properties.Version) is { } same
                        && same.IsEnabled == (properties.Enabled != false)
                        && same.ExpiresOn == properties.ExpiresOn
                        ? same
                        : await LoadAsync(city, algorithm, properties, patience.Token));
                }
            }

            return new CityKeys([.. versions.OrderBy(v => v.Public.NotBefore)]);
        }
        catch (Exception e) when (known is not null)
        {
            Log.NotRead(logger, city, e);
            throw;
        }
        finally
        {
            _reads.Release();
        }
    }

    private async IAsyncEnumerable<KeyProperties> VersionsAsync(
        string name, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var versions = vault.GetPropertiesOfKeyVersionsAsync(name, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (versions)
        {
            while (await NextAsync())
            {
                yield return versions.Current;
            }
        }

        // A city that signs with one algorithm only has no key of the other.
        async ValueTask<bool> NextAsync()
        {
            try
            {
                return await versions.MoveNextAsync();
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                return false;
            }
        }
    }

    private async Task<KeyVersion> LoadAsync(
        CityId city, SigningAlgorithm algorithm, KeyProperties properties, CancellationToken cancellationToken)
    {
        var key = (await vault.GetKeyAsync(properties.Name, properties.Version, cancellationToken)).Value;
        var enabled = properties.Enabled != false;
        using AsymmetricAlgorithm publicKey = algorithm == SigningAlgorithm.ES256 ? key.Key.ToECDsa() : key.Key.ToRSA();
        var signing = new SigningKey(
            city,
            properties.Version,
            algorithm,
            publicKey.ExportSubjectPublicKeyInfo(),
            properties.NotBefore ?? properties.CreatedOn ?? time.GetUtcNow(),
            enabled ? properties.ExpiresOn : properties.UpdatedOn);
        return new KeyVersion(
            signing,
            enabled,
            properties.CreatedOn ?? signing.NotBefore,
            properties.ExpiresOn,
            vault.GetCryptographyClient(properties.Name, properties.Version));
    }

    private static string Name(CityId city, SigningAlgorithm algorithm) => $"{city}-{algorithm.ToString().ToLowerInvariant()}";

    private sealed record KeyVersion(
        SigningKey Public,
        bool IsEnabled,
        DateTimeOffset CreatedOn,
        DateTimeOffset? ExpiresOn,
        CryptographyClient Client);

    private sealed record CityKeys(IReadOnlyList<KeyVersion> Versions)
    {
        public IReadOnlyList<SigningKey> Public { get; } = [.. Versions.Select(v => v.Public)];

        public KeyVersion? Find(string version) => Versions.FirstOrDefault(v => v.Public.KeyId == version);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Signing failed for {City} with key {KeyId}")]
        public static partial void Failed(ILogger logger, CityId city, string keyId, Exception exception);

        [LoggerMessage(
            Level = LogLevel.Warning, Message = "The keys of {City} could not be read from the vault; those that are known stay published")]
        public static partial void NotRead(ILogger logger, CityId city, Exception exception);
    }
}
