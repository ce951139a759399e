using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// The <c>jws</c> of older proofs: a JWS whose payload, the hashes of proof configuration and document, is neither encoded (RFC 7797) nor
/// written down (RFC 7515, appendix F).
/// </summary>
/// <param name="Algorithm">The header's <c>alg</c>.</param>
/// <param name="Header">As it is signed, in base64url.</param>
internal sealed record DetachedJws(string Algorithm, string Header, byte[] Signature)
{
    /// <summary>Whether any key that is known here could have made it.</summary>
    public bool IsKnown => Algorithm is "EdDSA" or "ES256" or "ES384" or "RS256";

    /// <summary>Null if it is none, or its header demands anything else.</summary>
    public static DetachedJws? Read(string jws)
    {
        if (jws.Split('.') is not [{ Length: > 0 } header, "", var signature]
            || !Base64Url.IsValid(header)
            || !Base64Url.IsValid(signature))
        {
            return null;
        }

        using var json = CredentialJson.TryParse(Base64Url.DecodeFromChars(header));
        return json?.RootElement is { ValueKind: JsonValueKind.Object } members
            && members.Text("alg") is { } algorithm
            && members.Member("b64") is { ValueKind: JsonValueKind.False }
            && members.Values("crit").ToArray() is [{ ValueKind: JsonValueKind.String } critical]
            && critical.ValueEquals("b64")
                ? new DetachedJws(algorithm, header, Base64Url.DecodeFromChars(signature))
                : null;
    }

    /// <summary>Transformation, hashing and verification, with SHA-256 whatever the key.</summary>
    /// <returns>The verified document, or null.</returns>
    public static JsonElement? Verify(SecuredDocument input, UnverifiedProof proof, VerificationKey key)
    {
        if (Read(proof.ProofValue) is not { } jws || !key.HasAlgorithm(jws.Algorithm))
        {
            return null;
        }

        var proofOptions = ProofJson.Without(proof.Json, "jws", "proofValue", "signatureValue");
        return input.UnderAnyEdition(edition => key.Verifies(
            [
                .. Encoding.ASCII.GetBytes(jws.Header + "."),
                .. edition.ConfigHash(proofOptions, HashAlgorithmName.SHA256),
                .. edition.RdfHash(HashAlgorithmName.SHA256),
            ],
            jws.Signature))
            ? input.Document
            : null;
    }
}
