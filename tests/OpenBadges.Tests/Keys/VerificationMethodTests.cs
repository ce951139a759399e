using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Tests.Keys;

public sealed class VerificationMethodTests
{
    private const string Id = "https://issuer.example/keys/1";
    private const string Controller = "https://issuer.example";

    public static TheoryData<string, KeyKind> Spellings => new()
    {
        { "Multikey", KeyKind.P256 },
        { "Multikey", KeyKind.P384 },
        { "Multikey", KeyKind.Ed25519 },
        { "Ed25519VerificationKey2020", KeyKind.Ed25519 },
        { "JsonWebKey", KeyKind.P256 },
        { "JsonWebKey", KeyKind.P384 },
        { "JsonWebKey", KeyKind.Ed25519 },
        { "JsonWebKey", KeyKind.Rsa },
        { "JsonWebKey2020", KeyKind.Ed25519 },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_key_is_read_in_each_of_its_spellings(string type, KeyKind kind)
    {
        var pair = SomeKeys.Of(kind);

        var method = Read(Method(type, pair));

        Assert.Equal(new VerificationMethod(Id, Controller, pair.Public), method);
    }

    [Theory]
    [InlineData("Ed25519VerificationKey2020", KeyKind.P256)]
    [InlineData("Ed25519VerificationKey2018", KeyKind.Ed25519)]
    [InlineData("multikey", KeyKind.P256)]
    [InlineData("", KeyKind.P256)]
    public void Another_type_is_refused(string type, KeyKind kind) => Assert.Null(Read(Method(type, SomeKeys.Of(kind))));

    [Theory]
    [InlineData("id")]
    [InlineData("type")]
    [InlineData("controller")]
    [InlineData("publicKeyMultibase")]
    public void Nothing_may_be_missing_or_be_no_text(string member)
    {
        var method = Method("Multikey", SomeKeys.Of(KeyKind.P256));
        method[member] = new JsonArray((string)method[member]!);
        Assert.Null(Read(method));

        method.Remove(member);
        Assert.Null(Read(method));
    }

    [Theory]
    [InlineData("2026-01-01T00:00:00Z", null, "2026-01-01T00:00:00Z")]
    [InlineData(null, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z")]
    [InlineData("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "2024-01-01T00:00:00Z")]
    public void A_key_ends_when_it_expires_or_is_revoked(string? expires, string? revoked, string until)
    {
        var method = Method("Multikey", SomeKeys.Of(KeyKind.P256));
        if (expires is not null)
        {
            method["expires"] = expires;
        }

        if (revoked is not null)
        {
            method["revoked"] = revoked;
        }

        Assert.Equal(DateTimeOffset.Parse(until), Read(method)!.Until);
    }

    [Fact]
    public void An_end_that_cannot_be_read_is_not_no_end()
    {
        foreach (var end in new JsonNode?[] { "soon", 5, null, true })
        {
            var method = Method("Multikey", SomeKeys.Of(KeyKind.P256));
            method["revoked"] = end?.DeepClone();

            Assert.Null(Read(method));
        }
    }

    // https://w3c-ccg.github.io/did-key-spec/#example-5
    [Fact]
    public void A_did_key_is_its_own_controller()
    {
        const string Key = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

        var method = SelfCertifyingDid.Read($"did:key:{Key}#{Key}")!;

        Assert.Equal($"did:key:{Key}", method.Controller);
        Assert.Equal(Multikey.Read(Key), method.Key);
        Assert.Null(method.Until);
    }

    // https://github.com/quartzjer/did-jwk/blob/main/spec.md#p-256
    [Fact]
    public void A_did_jwk_is_its_own_controller()
    {
        const string Did =
            "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAi"
            + "LCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9";

        var method = SelfCertifyingDid.Read(Did + "#0")!;

        Assert.Equal((Did, KeyKind.P256), (method.Controller, method.Key.Kind));
    }

    [Fact]
    public void A_self_certifying_DID_has_one_method_and_no_other_spelling()
    {
        var (mine, other) = (SomeKeys.Of(KeyKind.P256), SomeKeys.Of(KeyKind.P256));
        string[] wrong =
        [
            $"{mine.Did}#", $"{mine.Did}#{other.Multibase}", $"{mine.Did}#0", $"{mine.Did}?x#{mine.Multibase}",
            $"{mine.Did}#{mine.Multibase}#{mine.Multibase}",
            $"did:key:1.1:{mine.Multibase}#{mine.Multibase}", $"DID:KEY:{mine.Multibase}#{mine.Multibase}", "did:key:#", "did:key:z#z",
            $"{mine.DidJwk}#", $"{mine.DidJwk}#1", $"{mine.DidJwk}=#0", $"{mine.DidJwk} #0",
            "did:jwk:#0", "did:jwk:e30#0", "did:jwk:!#0", "did:jwk:" + new string('A', 5000) + "#0",
            $"did:web:{mine.Multibase}#{mine.Multibase}", $"https://issuer.example/#{mine.Multibase}", "", "#",
        ];

        Assert.All(wrong, url => Assert.Null(SelfCertifyingDid.Read(url)));
        Assert.All([mine.Did, mine.DidJwk], did => Assert.Equal((did, mine.Public), (Read(did).Controller, Read(did).Key)));

        static VerificationMethod Read(string did) => SelfCertifyingDid.Read(did)!;
    }

    [Theory]
    [InlineData(
        """{"kty":"EC","kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","""
            + """ "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}""")]
    [InlineData(
        """{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","""
            + """ "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void A_did_jwk_around_anything_else_is_refused(string jwk) =>
        Assert.Null(SelfCertifyingDid.Read($"did:jwk:{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(jwk))}#0"));

    private static JsonObject Method(string type, SomeKeyPair pair)
    {
        var method = new JsonObject { ["id"] = Id, ["type"] = type, ["controller"] = Controller };
        if (type.StartsWith("JsonWebKey", StringComparison.Ordinal))
        {
            method["publicKeyJwk"] = pair.Jwk.DeepClone();
        }
        else
        {
            method["publicKeyMultibase"] = pair.Multibase;
        }

        return method;
    }

    private static VerificationMethod? Read(JsonObject method) => VerificationMethod.Read(JsonSerializer.SerializeToElement(method));
}
