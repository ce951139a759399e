using System.Security.Cryptography;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>Adds an embedded proof to a credential (https://www.w3.org/TR/vc-data-integrity/#add-proof).</summary>
public static class DataIntegrity
{
    /// <summary>Makes the proof with a P-256 key. One call to <paramref name="sign"/>.</summary>
    /// <param name="credential">What is to be signed, all of it.</param>
    /// <param name="suite">ecdsa-sd-2023 gives a base proof, which is for the holder alone.</param>
    /// <param name="verificationMethod">The address under which the issuer publishes the key.</param>
    /// <param name="created">When; to the second.</param>
    /// <param name="sign">Signs a SHA-256 digest, with r‖s.</param>
    /// <returns>The credential with its proof, UTF-8 JSON.</returns>
    public static async Task<byte[]> SignAsync(
        JsonElement credential,
        SigningCryptosuite suite,
        string verificationMethod,
        DateTimeOffset created,
        Func<ReadOnlyMemory<byte>, ValueTask<byte[]>> sign)
    {
        var options = Options(suite, verificationMethod, created);
        var unsigned = suite.Prepare(credential, options);
        return Secure(credential, options, unsigned.ProofValue(await sign(SHA256.HashData(unsigned.ToSign))));
    }

    /// <summary>The proof without its value.</summary>
    internal static JsonElement Options(Cryptosuite suite, string verificationMethod, DateTimeOffset created) =>
        JsonSerializer.SerializeToElement(new Dictionary<string, string>
        {
            ["type"] = suite.Type,
            ["cryptosuite"] = suite.Name,
            ["created"] = DateTimeStamp.Write(created),
            ["verificationMethod"] = verificationMethod,
            ["proofPurpose"] = "assertionMethod",
        });

    internal static byte[] Secure(JsonElement document, JsonElement options, string proofValue) =>
        ProofJson.Raw(ProofJson.With(document, "proof", ProofJson.With(options, "proofValue", proofValue))).ToArray();

    internal static string Base58Value(byte[] signature) => "z" + Base58.Encode(signature);
}
