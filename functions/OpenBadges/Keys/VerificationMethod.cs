using System.Text.Json;
using CitiesOfLearning.OpenBadges.Json;

namespace CitiesOfLearning.OpenBadges.Keys;

/// <summary>A key and who says that it is theirs: https://www.w3.org/TR/cid-1.0/#verification-methods.</summary>
/// <param name="Id">A URL, as a rule with a fragment.</param>
/// <param name="Controller">Must be the issuer of what the key signed.</param>
/// <param name="Key">What it signed can be verified with.</param>
/// <param name="Until">From then on nothing that it signed is to be believed (expires, revoked); null if it has no end.</param>
public sealed record VerificationMethod(string Id, string Controller, VerificationKey Key, DateTimeOffset? Until = null)
{
    /// <summary>Null if it is not a verification method with a sound key of a kind that is known here.</summary>
    /// <param name="method">Any JSON.</param>
    public static VerificationMethod? Read(JsonElement method)
    {
        if (method.Text("id") is not { } id || method.Text("controller") is not { } controller
            || !Moment(method, "expires", out var expires) || !Moment(method, "revoked", out var revoked))
        {
            return null;
        }

        var key = method.Text("type") switch
        {
            // https://www.w3.org/TR/cid-1.0/#Multikey
            "Multikey" => Multibase(method),

            // https://www.w3.org/TR/cid-1.0/#JsonWebKey, and its earlier name: https://www.w3.org/TR/vc-jws-2020/#json-web-key-2020
            "JsonWebKey" or "JsonWebKey2020" => method.Member("publicKeyJwk") is { } jwk ? Jwk.Read(jwk) : null,

            // https://www.w3.org/TR/vc-di-eddsa/#ed25519verificationkey2020
            "Ed25519VerificationKey2020" => Multibase(method) is { Kind: KeyKind.Ed25519 } ed25519 ? ed25519 : null,

            // https://w3c-ccg.github.io/lds-ed25519-2018/#the-ed25519-key-format
            "Ed25519VerificationKey2018" =>
                method.Text("publicKeyBase58") is { } text && Base58.Decode(text) is { } bytes ? EdKey.From(bytes) : null,
            _ => null,
        };
        return key is null ? null : new VerificationMethod(id, controller, key, expires < revoked || revoked is null ? expires : revoked);
    }

    private static VerificationKey? Multibase(JsonElement method) =>
        method.Text("publicKeyMultibase") is { } text ? Multikey.Read(text) : null;

    // An end that cannot be read must not become no end.
    private static bool Moment(JsonElement method, string name, out DateTimeOffset? moment)
    {
        moment = method.Moment(name);
        return moment is not null || method.Member(name) is null;
    }
}
