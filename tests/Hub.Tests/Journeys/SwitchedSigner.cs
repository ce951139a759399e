using System.Security.Cryptography;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>A signer whose vault can be out of reach.</summary>
internal sealed class SwitchedSigner(ICredentialSigner signer) : ICredentialSigner
{
    private int _signatures;

    public bool IsAway { get; set; }

    public int Signatures => _signatures;

    public ValueTask<SigningKey> CurrentKeyAsync(CityId city, SigningAlgorithm algorithm, CancellationToken cancellationToken) =>
        signer.CurrentKeyAsync(city, algorithm, cancellationToken);

    public ValueTask<IReadOnlyList<SigningKey>> KeysAsync(CityId city, CancellationToken cancellationToken) =>
        signer.KeysAsync(city, cancellationToken);

    public ValueTask<byte[]> SignAsync(SigningKey key, ReadOnlyMemory<byte> digest, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _signatures);
        return IsAway ? throw new CryptographicException("The vault is away.") : signer.SignAsync(key, digest, cancellationToken);
    }
}
