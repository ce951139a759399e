using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CitiesOfLearning.Hub.Credentials.Keys;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;

namespace CitiesOfLearning.Hub.Credentials.Proofs;

/// <summary>Adds an embedded proof to a checked credential (https://www.w3.org/TR/vc-data-integrity/#add-proof).</summary>
public static class DataIntegrity
{
    /// <summary>Signs with the city's current P-256 key. One call to the signer.</summary>
    /// <param name="suite">One of the three that a vault key can make. ecdsa-sd-2023 gives a base proof, which is for the holder alone.</param>
    /// <returns>The credential with its proof and without a JWT's claims, UTF-8 JSON.</returns>
    public static async Task<byte[]> SignAsync(
        CheckedCredential credential, Cryptosuite suite, ICredentialSigner signer, HubUrls urls, DateTimeOffset created, CancellationToken cancellationToken)
    {
        var key = await signer.CurrentKeyAsync(credential.City, SigningAlgorithm.ES256, cancellationToken);
        var document = ProofJson.Without(JsonElement.Parse(credential.Payload.Span), VcJwt.Claims);
        var options = Options(suite, urls.VerificationMethod(key.City, key.KeyId), created);
        switch (suite)
        {
            case Cryptosuite.EcdsaRdfc2019:
                return Secure(document, options, Base58Value(await SignAsync(EcdsaRdfc2019.Hash(KeyKind.P256, document, options).HashData)));
            case Cryptosuite.EcdsaJcs2019:
                options = ProofJson.With(options, "@context", document.GetProperty("@context"));
                return Secure(document, options, Base58Value(await SignAsync(EcdsaJcs2019.Hash(KeyKind.P256, document, options).HashData)));
            case Cryptosuite.EcdsaSd2023:
                var unsigned = EcdsaSd2023.Create(document, options, BadgeDisclosure.Mandatory(document), RandomId.Key());
                return Secure(document, options, unsigned.ProofValue(await SignAsync(unsigned.ToSign)));
            default:
                throw new ArgumentOutOfRangeException(nameof(suite), suite, "No key in a vault can make this proof.");
        }

        ValueTask<byte[]> SignAsync(byte[] data) => signer.SignAsync(key, SHA256.HashData(data), cancellationToken);
    }

    /// <summary>The proof without its value.</summary>
    internal static JsonElement Options(Cryptosuite suite, string verificationMethod, DateTimeOffset created) => JsonSerializer.SerializeToElement(new Dictionary<string, string>
    {
        ["type"] = "DataIntegrityProof",
        ["cryptosuite"] = suite switch
        {
            Cryptosuite.EcdsaRdfc2019 => "ecdsa-rdfc-2019",
            Cryptosuite.EcdsaJcs2019 => "ecdsa-jcs-2019",
            Cryptosuite.EcdsaSd2023 => "ecdsa-sd-2023",
            _ => throw new ArgumentOutOfRangeException(nameof(suite), suite, "The hub does not make this proof."),
        },
        ["created"] = created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["verificationMethod"] = verificationMethod,
        ["proofPurpose"] = "assertionMethod",
    });

    internal static byte[] Secure(JsonElement document, JsonElement options, string proofValue) =>
        ProofJson.Raw(ProofJson.With(document, "proof", ProofJson.With(options, "proofValue", proofValue))).ToArray();

    internal static string Base58Value(ReadOnlySpan<byte> signature) => "z" + Base58.Encode(signature);
}
