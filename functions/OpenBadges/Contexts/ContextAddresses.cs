namespace CitiesOfLearning.OpenBadges.Contexts;

/// <summary>The addresses of the JSON-LD contexts with which credentials, their issuers and keys are written.</summary>
public static class ContextAddresses
{
    /// <summary>Verifiable Credentials Data Model 2.0: https://www.w3.org/TR/vc-data-model-2.0/#base-context.</summary>
    public const string Credentials = "https://www.w3.org/ns/credentials/v2";

    /// <summary>Verifiable Credentials Data Model 1.1: https://www.w3.org/TR/vc-data-model-1.1/#contexts.</summary>
    public const string CredentialsVersion1 = "https://www.w3.org/2018/credentials/v1";

    /// <summary>Open Badges 3.0, in its third edition: https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential.</summary>
    public const string OpenBadges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    /// <summary>
    /// Says what kind of schema <c>credentialSchema</c> names: without it, that word would mean nothing to an embedded proof.
    /// </summary>
    public const string OpenBadgesExtensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

    /// <summary>Decentralized Identifiers: https://www.w3.org/TR/did-core/#json-ld.</summary>
    public const string Did = "https://www.w3.org/ns/did/v1";

    /// <summary>Keys as Multikeys: https://www.w3.org/TR/cid-1.0/#Multikey.</summary>
    public const string Multikey = "https://w3id.org/security/multikey/v1";

    /// <summary>Keys as JSON Web Keys: https://www.w3.org/TR/cid-1.0/#JsonWebKey.</summary>
    public const string JsonWebKey = "https://w3id.org/security/jwk/v1";
}
