using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.OpenBadges.Jwt;

namespace CitiesOfLearning.Hub.Signing;

public enum SignatureResult
{
    Good,
    Bad,

    /// <summary>An algorithm, or a header parameter that must be understood, which the hub does not accept.</summary>
    Unsupported,

    /// <summary>The issuer publishes no such key.</summary>
    UnknownKey,

    /// <summary>A key that another city of this hub publishes.</summary>
    OtherIssuer,
}

/// <summary>Checks a JWS with the keys that a city of this hub publishes, and with no other (RFC 7515, 5.2; RFC 8725, 3.1).</summary>
public sealed class SignatureChecker(ICredentialSigner keys, HubUrls urls)
{
    public async ValueTask<SignatureResult> CheckAsync(UnverifiedJwt jwt, CityId city, CancellationToken cancellationToken)
    {
        // 1. An extension that must be understood is not (RFC 7515, 4.1.11).
        if (jwt.Header.HasCritical)
        {
            return SignatureResult.Unsupported;
        }

        // 2. kid selects among the issuer's published keys; jwk, jku, x5u and x5c are never looked at.
        var published = await keys.KeysAsync(city, cancellationToken);
        SigningKey? key = null;
        foreach (var candidate in published)
        {
            if (urls.Key(city, candidate.KeyId) == jwt.Header.KeyId)
            {
                key = candidate;
            }
        }

        if (key is null)
        {
            return jwt.Header.Algorithm is not ("ES256" or "RS256") ? SignatureResult.Unsupported
                : jwt.Header.KeyId is { } id && id.StartsWith(urls.Cities, StringComparison.Ordinal)
                    && !id.StartsWith(urls.Key(city, ""), StringComparison.Ordinal) ? SignatureResult.OtherIssuer
                : SignatureResult.UnknownKey;
        }

        // 3. The algorithm belongs to the key: the header may only repeat it. So "none" and a public key used as an HMAC secret fail here.
        if (jwt.Header.Algorithm != key.Algorithm.ToString())
        {
            return SignatureResult.Unsupported;
        }

        // 4. The signature.
        return key.Verifies(jwt.Digest, jwt.Signature) ? SignatureResult.Good : SignatureResult.Bad;
    }
}
