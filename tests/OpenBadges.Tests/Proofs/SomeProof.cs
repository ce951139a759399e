using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.OpenBadges.Tests.Proofs;

/// <summary>Badges of somebody who is not this hub, with embedded proofs.</summary>
internal static class SomeProof
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Each suite with each kind of key that it has.</summary>
    public static TheoryData<Cryptosuite, KeyKind> Suites => new()
    {
        { Cryptosuite.EcdsaRdfc2019, KeyKind.P256 },
        { Cryptosuite.EcdsaRdfc2019, KeyKind.P384 },
        { Cryptosuite.EcdsaJcs2019, KeyKind.P256 },
        { Cryptosuite.EcdsaJcs2019, KeyKind.P384 },
        { Cryptosuite.EcdsaSd2023, KeyKind.P256 },
        { Cryptosuite.EddsaRdfc2022, KeyKind.Ed25519 },
        { Cryptosuite.EddsaJcs2022, KeyKind.Ed25519 },
        { Cryptosuite.Ed25519Signature2020, KeyKind.Ed25519 },
        { Cryptosuite.Ed25519Signature2018, KeyKind.Ed25519 },
        { Cryptosuite.JsonWebSignature2020, KeyKind.Ed25519 },
        { Cryptosuite.JsonWebSignature2020, KeyKind.P256 },
        { Cryptosuite.JsonWebSignature2020, KeyKind.P384 },
    };

    public static JsonObject Credential(string issuer) => JsonNode.Parse($$"""
        {
          "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
          ],
          "id": "https://elsewhere.example/badges/1",
          "type": ["VerifiableCredential", "OpenBadgeCredential"],
          "name": "Knot tying",
          "issuer": { "id": "{{issuer}}", "type": ["Profile"], "name": "Elsewhere" },
          "validFrom": "2026-06-01T10:00:00Z",
          "validUntil": "2030-06-01T10:00:00Z",
          "credentialSubject": {
            "id": "urn:uuid:0a1b2c3d-0000-4000-8000-000000000001",
            "type": ["AchievementSubject"],
            "activityEndDate": "2026-05-30T16:00:00Z",
            "achievement": {
              "id": "https://elsewhere.example/classes/knots",
              "type": ["Achievement"],
              "name": "Knot tying",
              "description": "Ties ten knots – also “clymau”.",
              "criteria": { "narrative": "Ten knots, tied twice." },
              "alignment": [
                { "type": ["Alignment"], "targetName": "Craft", "targetUrl": "https://elsewhere.example/spine#craft" },
                { "type": ["Alignment"], "targetName": "Care", "targetUrl": "https://elsewhere.example/spine#care" }
              ]
            },
            "result": [{ "type": ["Result"], "value": "10" }, { "type": ["Result"], "value": "9.5" }]
          },
          "evidence": [
            { "type": ["Evidence"], "name": "Photographs", "description": "Of each knot" },
            { "type": ["Evidence"], "name": "Log" }
          ],
          "credentialStatus": {
            "id": "https://elsewhere.example/status/1#7",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "7",
            "statusListCredential": "https://elsewhere.example/status/1"
          }
        }
        """)!.AsObject();

    /// <summary>The document with a proof beside those that it has. A base proof is shown whole.</summary>
    /// <param name="change">To the proof before it is signed.</param>
    /// <param name="edition">The contexts, if not the newest.</param>
    public static JsonObject Sign(
        JsonObject document,
        Cryptosuite suite,
        SomeKeyPair key,
        Action<JsonObject>? change = null,
        JsonLdProcessor? edition = null)
    {
        var options = Options(document, suite, key);
        change?.Invoke(options);
        var proofs = document["proof"] switch
        {
            JsonArray several => several.Select(p => p!.DeepClone()).ToList(),
            JsonObject one => [one.DeepClone()],
            _ => [],
        };
        var input = document.DeepClone().AsObject();
        input.Remove("proof");
        if (options["previousProof"] is { } previous)
        {
            var ids = previous is JsonArray several ? several.Select(p => p!.GetValue<string>()).ToList() : [previous.GetValue<string>()];
            var named = proofs.Where(p => ids.Contains(p["id"]?.GetValue<string>() ?? ""));
            input["proof"] = new JsonArray([.. named.Select(p => p.DeepClone())]);
        }

        var unsecured = Element(input);
        if (suite == Cryptosuite.EcdsaSd2023)
        {
            var unsigned = EcdsaSd2023.Create(
                unsecured, Element(options), BadgeDisclosure.Mandatory(unsecured), RandomNumberGenerator.GetBytes(32));
            var secured = DataIntegrity.Secure(unsecured, Element(options), unsigned.ProofValue(key.Sign(unsigned.ToSign)));
            return JsonNode.Parse(SdDerivation.Derive(JsonElement.Parse(secured), [""])!)!.AsObject();
        }

        if (suite is JwsProof)
        {
            options["jws"] = Jws(key, key.Algorithm, RdfcProof.Hash(
                KeyKind.P256, unsecured, Element(options), edition ?? CredentialRdf.Newest).HashData);
            return With(document, proofs, options);
        }

        var hashed = suite is EcdsaJcs2019 or EddsaJcs2022
            ? JcsProof.Hash(key.Kind, unsecured, Element(options))
            : RdfcProof.Hash(key.Kind, unsecured, Element(options), edition ?? CredentialRdf.Newest);
        options["proofValue"] = DataIntegrity.Base58Value(key.Sign(hashed.HashData));
        return With(document, proofs, options);
    }

    /// <summary>A JWS without its payload, by RFC 7797.</summary>
    public static string Jws(SomeKeyPair key, string algorithm, byte[] payload)
    {
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"{{algorithm}}","b64":false,"crit":["b64"]}"""));
        return $"{header}..{Base64Url.EncodeToString(key.Sign([.. Encoding.ASCII.GetBytes(header + "."), .. payload]))}";
    }

    /// <summary>What defines the words of the suite's proofs, if no context of credentials does.</summary>
    public static string? ContextOf(Cryptosuite suite) =>
        suite == Cryptosuite.Ed25519Signature2020 ? "https://w3id.org/security/suites/ed25519-2020/v1"
        : suite == Cryptosuite.Ed25519Signature2018 ? "https://w3id.org/security/suites/ed25519-2018/v1"
        : suite == Cryptosuite.JsonWebSignature2020 ? "https://w3id.org/security/suites/jws-2020/v1"
        : null;

    /// <summary>A badge of the key's own holder.</summary>
    public static JsonObject Signed(Cryptosuite suite, SomeKeyPair key, Action<JsonObject>? change = null)
    {
        var document = Credential(key.Did);
        if (ContextOf(suite) is { } context)
        {
            document["@context"]!.AsArray().Add(context);
        }

        return Sign(document, suite, key, change);
    }

    public static ValueTask<ProofReport> VerifyAsync(JsonNode document, DateTimeOffset? at = null) =>
        VerifyAsync(JsonSerializer.SerializeToUtf8Bytes(document), at);

    public static ValueTask<ProofReport> VerifyAsync(byte[] document, DateTimeOffset? at = null) =>
        new ProofVerifier(new FakeTimeProvider(at ?? Now)).VerifyAsync(
            document, (url, _) => ValueTask.FromResult(SelfCertifyingDid.Read(url)), new(TestContext.Current.CancellationToken));

    public static SecuredDocument Secured(JsonElement document) => new(document, new(TestContext.Current.CancellationToken));

    /// <summary>Under each choice of the published texts of its contexts.</summary>
    public static IEnumerable<JsonLdProcessor> Editions(JsonElement document) =>
        PublishedContexts.Editions(CredentialRdf.Contexts(document)).Select(contexts => new JsonLdProcessor(contexts));

    public static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);

    private static JsonObject With(JsonObject document, List<JsonNode> proofs, JsonObject proof)
    {
        var signed = document.DeepClone().AsObject();
        signed["proof"] = proofs.Count == 0 ? proof : new JsonArray([.. proofs, proof]);
        return signed;
    }

    private static JsonObject Options(JsonObject document, Cryptosuite suite, SomeKeyPair key)
    {
        var options = new JsonObject
        {
            ["type"] = suite.Type,
            ["created"] = "2026-06-01T10:00:00Z",
            ["verificationMethod"] = $"{key.Did}#{key.Multibase}",
            ["proofPurpose"] = "assertionMethod",
        };
        if (suite is not (Ed25519Signature2020 or JwsProof))
        {
            options["cryptosuite"] = suite.Name;
        }

        if (suite is EcdsaJcs2019 or EddsaJcs2022)
        {
            options["@context"] = document["@context"]!.DeepClone();
        }

        return options;
    }
}
