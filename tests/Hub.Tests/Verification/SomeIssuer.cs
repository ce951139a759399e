using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Tests.Verification.Fetching;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Tests.Keys;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Somebody who issues badges and is no city here.</summary>
/// <param name="Method">How their badges name the key: the <c>verificationMethod</c> of a proof, the <c>kid</c> of a token.</param>
internal sealed record SomeIssuer(string Id, string Method, SomeKeyPair Key)
{
    public const string Host = "https://college.example";

    /// <summary>Every way in which an issuer can say which keys are theirs.</summary>
    public static IReadOnlyList<string> Ways { get; } = [
        "did:key",
        "did:jwk",
        "did:web",
        "did:web with a path",
        "https",
        "https and a key elsewhere",
        "host keys"
    ];

    /// <summary>The issuer, with everything published that they have to publish.</summary>
    public static SomeIssuer Of(string way, SomeKeyPair key, SomeInternet internet) => way switch
    {
        "did:key" => new(key.Did, $"{key.Did}#{key.Multibase}", key),
        "did:jwk" => new(key.DidJwk, $"{key.DidJwk}#0", key),
        "did:web" =>
            new SomeIssuer("did:web:college.example", "did:web:college.example#k1", key).Publish($"{Host}/.well-known/did.json", internet),
        "did:web with a path" =>
            new SomeIssuer("did:web:college.example:arts:music", "did:web:college.example:arts:music#k1", key).Publish(
                $"{Host}/arts/music/did.json", internet),
        "https" => new SomeIssuer($"{Host}/issuers/7", $"{Host}/issuers/7#k1", key).Publish($"{Host}/issuers/7", internet),
        "https and a key elsewhere" => new SomeIssuer($"{Host}/issuers/7", $"{Host}/keys/1", key).PublishElsewhere(internet),
        "host keys" => new SomeIssuer($"{Host}/issuers/7", $"{Host}/keys/1", key).PublishForHost(internet),
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, null),
    };

    /// <summary>A controlled identifier document: a DID document, or a profile that lists its keys.</summary>
    public JsonObject Document() => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/did/v1"),
        ["id"] = Id,
        ["verificationMethod"] = new JsonArray(VerificationMethod()),
        ["assertionMethod"] = new JsonArray(Method),
    };

    public JsonObject VerificationMethod() => Key.Kind == KeyKind.Rsa
        ? new() { ["id"] = Method, ["type"] = "JsonWebKey", ["controller"] = Id, ["publicKeyJwk"] = Key.Jwk.DeepClone() }
        : new() { ["id"] = Method, ["type"] = "Multikey", ["controller"] = Id, ["publicKeyMultibase"] = Key.Multibase };

    private SomeIssuer Publish(string address, SomeInternet internet)
    {
        internet.Serve(address, Document());
        return this;
    }

    private SomeIssuer PublishElsewhere(SomeInternet internet)
    {
        internet.Serve(Method, VerificationMethod());
        internet.Serve(Id, new JsonObject { ["id"] = Id, ["type"] = "Profile", ["assertionMethod"] = new JsonArray(Method) });
        return this;
    }

    private SomeIssuer PublishForHost(SomeInternet internet)
    {
        internet.Serve(Method, Key.Jwk);
        internet.Serve($"{Host}/.well-known/jwks.json", new JsonObject { ["keys"] = new JsonArray(Key.Jwk.DeepClone()) });
        return this;
    }
}

internal static class SomePages
{
    public static void Serve(this SomeInternet internet, string url, JsonNode document) =>
        internet.Serve(url, Encoding.UTF8.GetBytes(document.ToJsonString()));
}
