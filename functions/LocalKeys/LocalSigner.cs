using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Keys;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.LocalKeys;

/// <summary>
/// Signs with keys in files under the data folder: made on the first run, kept ever after. One process makes them (functions/DevHost) and
/// others read them (the app's worker), so a city's keys appear all at once or not at all.
/// </summary>
public sealed class LocalSigner : ICredentialSigner
{
    private const string DataFolder = "Local:DataFolder";

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<CityId, Lazy<KeyPair[]>> _cities = new();

    /// <exception cref="InvalidOperationException">Nobody said where the keys are.</exception>
    public LocalSigner(IConfiguration configuration, TimeProvider time)
    {
        _folder = Folder(configuration);
        _time = time;
    }

    /// <summary>Makes the city's keys if there are none yet.</summary>
    public void Prepare(CityId city)
    {
        var folder = Path.Combine(_folder, city.ToString());
        if (!Directory.Exists(folder))
        {
            CreateAll(folder);
        }

        // One of them may be lost.
        foreach (var algorithm in Enum.GetValues<SigningAlgorithm>())
        {
            if (Directory.GetFiles(folder, $"{algorithm}-*.json").Length == 0)
            {
                Create(folder, algorithm);
            }
        }

        _cities.TryRemove(city, out _);
    }

    internal static string Folder(IConfiguration configuration) => configuration[DataFolder] is { Length: > 0 } data
        ? Path.Combine(data, "keys", "signing")
        : throw new InvalidOperationException(
            "The hub does not know where its signing keys are: start it with \"dotnet run --project functions/App\", which says so, "
            + "or set Local__DataFolder.");

    public ValueTask<SigningKey> CurrentKeyAsync(CityId city, SigningAlgorithm algorithm, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Keys(city).LastOrDefault(k => k.Public.Algorithm == algorithm && k.Public.NotAfter is null)?.Public
            ?? throw new InvalidOperationException($"{city} has no {algorithm} key."));

    public ValueTask<IReadOnlyList<SigningKey>> KeysAsync(CityId city, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<SigningKey>>([.. Keys(city).Select(k => k.Public)]);

    public ValueTask<byte[]> SignAsync(SigningKey key, ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        var pair = Keys(key.City).Single(k => k.Public.KeyId == key.KeyId);
        var signature = pair.Sign(digest.Span);
        return pair.Public.Verifies(digest.Span, signature)
            ? ValueTask.FromResult(signature)
            : throw new CryptographicException($"The signature of key {key.KeyId} does not verify.");
    }

    private KeyPair[] Keys(CityId city)
    {
        if (_cities.TryGetValue(city, out var known))
        {
            return known.Value;
        }

        var folder = Path.Combine(_folder, city.ToString());
        return Directory.Exists(folder)
            ? _cities.GetOrAdd(city, _ => new(() => [.. Directory
                .GetFiles(folder, "*.json")
                .Select(f => KeyPair.Read(city, f))
                .OrderBy(k => k.Public.NotBefore)])).Value
            : [];
    }

    // In a folder beside it first. No city's name has a dot, so nobody reads that one.
    private void CreateAll(string folder)
    {
        var making = Path.Combine(_folder, $".{RandomNumberGenerator.GetHexString(16)}");
        Directory.CreateDirectory(making);
        foreach (var algorithm in Enum.GetValues<SigningAlgorithm>())
        {
            Create(making, algorithm);
        }

        try
        {
            Directory.Move(making, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Somebody else was first, and their keys count.
            Directory.Delete(making, recursive: true);
        }
    }

    private void Create(string folder, SigningAlgorithm algorithm)
    {
        byte[] pkcs8, publicKey;
        if (algorithm == SigningAlgorithm.ES256)
        {
            using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            (pkcs8, publicKey) = (ec.ExportPkcs8PrivateKey(), ec.ExportSubjectPublicKeyInfo());
        }
        else
        {
            using var rsa = RSA.Create(2048);
            (pkcs8, publicKey) = (rsa.ExportPkcs8PrivateKey(), rsa.ExportSubjectPublicKeyInfo());
        }

        // Named by its own hash, so no two keys ever share a name.
        var id = Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 16));
        var file = new KeyFile(algorithm, id, Convert.ToBase64String(pkcs8), _time.GetUtcNow(), null);
        AtomicFile.Write(
            Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{algorithm}-{id}.json")),
            JsonSerializer.SerializeToUtf8Bytes(file, KeyFileJson.Default.KeyFile),
            UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Keys live as long as the process.")]
    private sealed class KeyPair(SigningKey publicKey, Func<AsymmetricAlgorithm> load)
    {
        private readonly ThreadLocal<AsymmetricAlgorithm> _private = new(load);

        public SigningKey Public => publicKey;

        public static KeyPair Read(CityId city, string path)
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), KeyFileJson.Default.KeyFile)!;
            var pkcs8 = Convert.FromBase64String(file.PrivateKey);
            using var key = Load();
            var spki = key is ECDsa ec ? ec.ExportSubjectPublicKeyInfo() : ((RSA)key).ExportSubjectPublicKeyInfo();
            return new KeyPair(new SigningKey(city, file.KeyId, file.Algorithm, spki, file.NotBefore, file.NotAfter), Load);

            AsymmetricAlgorithm Load()
            {
                AsymmetricAlgorithm pair = file.Algorithm == SigningAlgorithm.ES256 ? ECDsa.Create() : RSA.Create();
                pair.ImportPkcs8PrivateKey(pkcs8, out _);
                return pair;
            }
        }

        public byte[] Sign(ReadOnlySpan<byte> digest) => _private.Value is ECDsa ec
            ? ec.SignHash(digest)
            : ((RSA)_private.Value!).SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}

/// <param name="PrivateKey">PKCS #8, base64.</param>
internal sealed record KeyFile(
    SigningAlgorithm Algorithm, string KeyId, string PrivateKey, DateTimeOffset NotBefore, DateTimeOffset? NotAfter);

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeyFile))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
