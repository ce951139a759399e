using System.Buffers.Text;
using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.OpenBadges.Keys;

/// <summary>DIDs that are nothing but a key, so that reading them needs no call to anybody.</summary>
public static class SelfCertifyingDid
{
    private const string DidKey = "did:key:";
    private const string DidJwk = "did:jwk:";
    private const int MaxJwkLength = 4096;

    /// <summary>Whether the method of this DID, or DID URL, is one of these.</summary>
    /// <param name="url">Any text.</param>
    public static bool Is(string url) =>
        url.StartsWith(DidKey, StringComparison.Ordinal) || url.StartsWith(DidJwk, StringComparison.Ordinal);

    /// <summary>The <c>did:key</c> of a key: its controller is the DID, its id the DID URL by which a proof names it.</summary>
    /// <param name="key">P-256, P-384 or Ed25519.</param>
    /// <exception cref="ArgumentException">RSA has no Multikey.</exception>
    public static VerificationMethod Of(VerificationKey key)
    {
        var multikey = Multikey.Write(key);
        return new VerificationMethod($"{DidKey}{multikey}#{multikey}", DidKey + multikey, key);
    }

    /// <summary>
    /// The only verification method that the DID has, if that is what the DID URL names; else null. As there is no other, the DID by itself
    /// names it too.
    /// </summary>
    /// <param name="verificationMethod">A DID URL that anybody may have written.</param>
    public static VerificationMethod? Read(string verificationMethod)
    {
        var hash = verificationMethod.IndexOf('#', StringComparison.Ordinal);
        var (did, fragment) = hash < 0 ? (verificationMethod, null) : (verificationMethod[..hash], verificationMethod[(hash + 1)..]);
        var key = did.StartsWith(DidKey, StringComparison.Ordinal) && (fragment ?? did[DidKey.Length..]) == did[DidKey.Length..]
                ? Multikey.Read(did[DidKey.Length..])
            : did.StartsWith(DidJwk, StringComparison.Ordinal) && fragment is null or "0" ? FromJwk(did[DidJwk.Length..])
            : null;
        return key is null ? null : new VerificationMethod(verificationMethod, did, key);
    }

    // https://github.com/quartzjer/did-jwk/blob/main/spec.md: base64url of the JWK; its one method is #0.
    private static VerificationKey? FromJwk(string text)
    {
        if (text.Length > MaxJwkLength || text.AsSpan().ContainsAny(" \t\r\n=") || !Base64Url.IsValid(text))
        {
            return null;
        }

        using var document = CredentialJson.TryParse(Base64Url.DecodeFromChars(text));
        return document is null ? null : Jwk.Read(document.RootElement);
    }
}
