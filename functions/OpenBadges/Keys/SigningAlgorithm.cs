namespace CitiesOfLearning.OpenBadges.Keys;

/// <summary>The signature algorithms of RFC 7518 that credentials are issued with: key vaults can make both.</summary>
public enum SigningAlgorithm
{
    /// <summary>ECDSA P-256 with SHA-256.</summary>
    ES256,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits.</summary>
    RS256,
}
