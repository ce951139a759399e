using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.Hub.Signing;

/// <summary>
/// Holds the signing keys of every city. Two shipped implementations: Key Vault in Azure, key files under the data folder locally.
/// A private key never leaves it.
/// </summary>
public interface ICredentialSigner
{
    /// <summary>The key that signs now for this city and algorithm.</summary>
    ValueTask<SigningKey> CurrentKeyAsync(CityId city, SigningAlgorithm algorithm, CancellationToken cancellationToken);

    /// <summary>Every key that ever signed for this city, oldest first: public keys are kept for ever.</summary>
    ValueTask<IReadOnlyList<SigningKey>> KeysAsync(CityId city, CancellationToken cancellationToken);

    /// <summary>
    /// Signs a SHA-256 digest (32 bytes). The signature is raw r‖s for ES256 and PKCS#1 v1.5 for RS256, and has been verified with
    /// the public key before it is returned.
    /// </summary>
    ValueTask<byte[]> SignAsync(SigningKey key, ReadOnlyMemory<byte> digest, CancellationToken cancellationToken);
}
