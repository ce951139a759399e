using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.OpenBadges.Tests.Keys;
using CitiesOfLearning.OpenBadges.Tests.Proofs;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Badges that no city here issued, in every form that the standard has.</summary>
internal static class SomeForeignBadge
{
    public static DateTimeOffset From { get; } = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static DateTimeOffset Until { get; } = new(2099, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>By Data Model 2.0.</summary>
    public static JsonObject Credential(string issuer) =>
        Dated(Undated(issuer, "https://www.w3.org/ns/credentials/v2"), "validFrom", "validUntil");

    /// <summary>By Data Model 1.1.</summary>
    public static JsonObject Version1(string issuer) =>
        Dated(Undated(issuer, "https://www.w3.org/2018/credentials/v1"), "issuanceDate", "expirationDate");

    /// <summary>An embedded proof by the issuer.</summary>
    public static JsonObject Proved(this SomeIssuer issuer, JsonObject credential, Cryptosuite suite, Action<JsonObject>? change = null)
    {
        // The first context of credentials has the words of Ed25519Signature2018 itself, and forbids that another says them again.
        var first = credential["@context"]![0]!.GetValue<string>().EndsWith("credentials/v1", StringComparison.Ordinal);
        var context = SomeProof.ContextOf(suite) ?? (first ? "https://w3id.org/security/data-integrity/v2" : null);
        if (context is not null && !(first && suite == Cryptosuite.Ed25519Signature2018))
        {
            credential["@context"]!.AsArray().Add(context);
        }

        return SomeProof.Sign(credential, suite, issuer.Key, options =>
        {
            options["created"] = "2025-01-02T03:04:05Z";
            options["verificationMethod"] = issuer.Method;
            change?.Invoke(options);
        });
    }

    /// <summary>
    /// The token of https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof-format: the claims stand among the credential's members.
    /// </summary>
    public static JsonObject Payload(JsonObject credential)
    {
        var payload = credential.DeepClone().AsObject();
        foreach (var (name, value) in Claims(credential))
        {
            payload[name] = value?.DeepClone();
        }

        return payload;
    }

    /// <summary>The token of https://www.w3.org/TR/vc-data-model-1.1/#json-web-token: the credential is a claim.</summary>
    public static JsonObject PayloadWithVc(JsonObject credential) => new([.. Claims(credential), new("vc", credential.DeepClone())]);

    public static string Token(
        this SomeIssuer issuer, JsonObject payload, Action<JsonObject>? header = null) => Token(issuer.Key, payload, h =>
    {
        h["kid"] = issuer.Method;
        header?.Invoke(h);
    });

    public static string Token(SomeKeyPair key, JsonObject payload, Action<JsonObject>? change = null)
    {
        var header = new JsonObject { ["alg"] = key.Algorithm, ["typ"] = "JWT" };
        change?.Invoke(header);
        var input = $"{Text(header)}.{Text(payload)}";
        return $"{input}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(input)))}";
    }

    private static string Text(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Claims(JsonObject credential) =>
    [
        new("iss", credential["issuer"]!["id"]!.DeepClone()),
        new("jti", credential["id"]!.DeepClone()),
        new("sub", credential["credentialSubject"]!["id"]!.DeepClone()),
        new("nbf", From.ToUnixTimeSeconds()),
        new("exp", Until.ToUnixTimeSeconds()),
    ];

    private static JsonObject Dated(JsonObject credential, string from, string until)
    {
        credential[from] = "2025-01-02T03:04:05Z";
        credential[until] = "2099-01-02T03:04:05Z";
        return credential;
    }

    private static JsonObject Undated(string issuer, string context) => JsonNode.Parse(
        $$"""
        {
          "@context": ["{{context}}", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
          "id": "https://college.example/badges/1",
          "type": ["VerifiableCredential", "OpenBadgeCredential"],
          "name": "Tide tables",
          "issuer": { "id": "{{issuer}}", "type": ["Profile"], "name": "A college" },
          "credentialSubject": {
            "id": "urn:uuid:1d9e2f0a-52c2-4c0a-9c58-7f4b1c6f3f12",
            "type": ["AchievementSubject"],
            "achievement": {
              "id": "https://college.example/classes/tides",
              "type": ["Achievement"],
              "name": "Tide tables",
              "description": "Reads them.",
              "criteria": { "narrative": "Read three." }
            }
          }
        }
        """)!.AsObject();
}
