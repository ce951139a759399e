using System.Text.Json;
using CitiesOfLearning.Hub.Credentials.Keys;
using CitiesOfLearning.JsonLd;

namespace CitiesOfLearning.Hub.Credentials.Proofs;

internal static class Cryptosuites
{
    /// <param name="input">The document without the proof; with those before it, if the proof names any.</param>
    /// <returns>The verified document; null if the proof does not fit, or the key is of a kind that the suite has not.</returns>
    /// <exception cref="JsonLdException">The document cannot be turned into statements.</exception>
    /// <exception cref="JsonException">The document has no canonical JSON.</exception>
    public static JsonElement? Verify(JsonElement input, UnverifiedProof proof, VerificationKey key) => proof.Suite switch
    {
        Cryptosuite.EcdsaRdfc2019 => EcdsaRdfc2019.Verify(input, proof, key),
        Cryptosuite.EcdsaJcs2019 => EcdsaJcs2019.Verify(input, proof, key),
        Cryptosuite.EcdsaSd2023 => EcdsaSd2023.Verify(input, proof, key),
        Cryptosuite.EddsaRdfc2022 => EddsaRdfc2022.Verify(input, proof, key),
        Cryptosuite.EddsaJcs2022 => EddsaJcs2022.Verify(input, proof, key),
        Cryptosuite.Ed25519Signature2020 => Ed25519Signature2020.Verify(input, proof, key),
        _ => null,
    };
}
