using CitiesOfLearning.Hub.Credentials;
using CitiesOfLearning.Hub.Credentials.Keys;
using CitiesOfLearning.Hub.Verification.Issuers;

namespace CitiesOfLearning.Hub.Verification;

/// <summary>What the check of a proof came to.</summary>
/// <param name="Check">proof or key.</param>
/// <param name="Words">The sentence after <c>Check.{Check}.</c></param>
internal readonly record struct ProofOutcome(CheckOutcome Outcome, string Check, string Words)
{
    public static ProofOutcome Good { get; } = new(CheckOutcome.Pass, "proof", "ok");

    public static ProofOutcome Bad { get; } = new(CheckOutcome.Fail, "proof", "badSignature");

    public static ProofOutcome None { get; } = new(CheckOutcome.Fail, "proof", "none");

    public static ProofOutcome Forbidden { get; } = new(CheckOutcome.Fail, "proof", "unsupported");

    public static ProofOutcome NotKnown { get; } = new(CheckOutcome.Unknown, "proof", "unsupported");
}

/// <summary>Checks what strangers signed, badges and status lists, with keys that belong to their issuer.</summary>
public sealed class ForeignProofs(IssuerKeys keys)
{
    internal async Task<ProofOutcome> CheckAsync(SignedCredential signed, string issuer, CancellationToken cancellationToken) =>
        signed.Jwt is { } jwt ? await CheckAsync(jwt, issuer, cancellationToken)
        : signed.Credential.Member("proof") is null ? ProofOutcome.None
        : ProofOutcome.NotKnown;

    // RFC 7515, 5.2 and RFC 8725, 3.1, as in SignatureChecker. Nothing is fetched for a token that cannot be accepted whatever the key.
    private async Task<ProofOutcome> CheckAsync(UnverifiedJwt jwt, string issuer, CancellationToken cancellationToken)
    {
        switch (jwt.Header.Algorithm)
        {
            case "ES256" or "ES384" or "RS256" or "EdDSA" or "Ed25519" when !jwt.Header.HasCritical:
                break;
            case null or "none" or "HS256" or "HS384" or "HS512":
                return ProofOutcome.Forbidden;
            default:
                return ProofOutcome.NotKnown;
        }

        return await keys.FindByKeyIdAsync(jwt.Header.KeyId, issuer, cancellationToken) switch
        {
            IssuerKey.Found { Key: var key } =>
                !IsOf(jwt.Header.Algorithm, key) ? ProofOutcome.Forbidden
                : key.Verifies(jwt.SigningInput, jwt.Signature) ? ProofOutcome.Good
                : ProofOutcome.Bad,
            IssuerKey.Refused refused => new ProofOutcome(CheckOutcome.Fail, "key", refused.Words),
            IssuerKey.Unknown unknown => new ProofOutcome(CheckOutcome.Unknown, "key", unknown.Words),
            var other => throw new InvalidOperationException($"{other} is no answer."),
        };
    }

    // The algorithm belongs to the key: the header may only repeat it. RFC 9864 calls EdDSA with this curve Ed25519.
    private static bool IsOf(string algorithm, VerificationKey key) =>
        algorithm == key.Algorithm || (key.Kind == KeyKind.Ed25519 && algorithm == "Ed25519");
}
