using System.Text.Json;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;

namespace CitiesOfLearning.Hub.Signing;

/// <summary>
/// The only calls that sign, and what they take has kept every rule. Each is one call to the signer, with the city's current key.
/// </summary>
public static class CredentialSigning
{
    /// <returns>A JWT whose payload is the credential's, ASCII.</returns>
    public static async Task<byte[]> JwtAsync(
        CheckedCredential credential,
        SigningAlgorithm algorithm,
        ICredentialSigner signer,
        HubUrls urls,
        CancellationToken cancellationToken)
    {
        var key = await signer.CurrentKeyAsync(credential.City, algorithm, cancellationToken);
        return await VcJwt.SignAsync(
            credential.Payload,
            algorithm,
            urls.KeyId(key.City, key.KeyId, credential.IssuerScheme),
            digest => signer.SignAsync(key, digest, cancellationToken));
    }

    /// <returns>The credential with an embedded proof and without a JWT's claims, UTF-8 JSON.</returns>
    public static async Task<byte[]> ProofAsync(
        CheckedCredential credential,
        SigningCryptosuite suite,
        ICredentialSigner signer,
        HubUrls urls,
        DateTimeOffset created,
        CancellationToken cancellationToken)
    {
        var key = await signer.CurrentKeyAsync(credential.City, SigningAlgorithm.ES256, cancellationToken);
        var document = VcJwt.WithoutClaims(JsonElement.Parse(credential.Payload.Span));
        var method = urls.VerificationMethod(key.City, key.Multikey, credential.IssuerScheme);
        return await DataIntegrity.SignAsync(document, suite, method, created, digest => signer.SignAsync(key, digest, cancellationToken));
    }
}
