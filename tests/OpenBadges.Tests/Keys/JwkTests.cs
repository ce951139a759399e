using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Tests.Keys;

public sealed class JwkTests
{
    public static TheoryData<KeyKind> Kinds => [.. SomeKeys.Kinds];

    [Theory]
    [InlineData(
        """{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","""
            + """ "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"sig","kid":"1"}""",
        KeyKind.P256)] // RFC 7517, A.1, for signatures
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", KeyKind.Ed25519)] // RFC 8037, A.2
    [InlineData(
        """{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","alg":"Ed25519","key_ops":["verify"]}""",
        KeyKind.Ed25519)]
    public void A_published_example_is_read(string jwk, KeyKind kind) => Assert.Equal(kind, Read(jwk)!.Kind);

    [Fact]
    public void The_signature_of_RFC_8037_verifies()
    {
        var key = Read("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")!;
        var signature = Base64Url.DecodeFromChars("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");

        Assert.True(key.Verifies("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"u8, signature));
    }

    public static TheoryData<string, Action<JsonObject>> Faults => new()
    {
        { "no kty", k => k.Remove("kty") },
        { "another kty", k => k["kty"] = "oct" },
        { "kty that is no text", k => k["kty"] = 1 },
        { "kty in lower case with more", k => k["kty"] = k["kty"]!.ToString().ToLowerInvariant() + "!" },
        { "for encryption", k => k["use"] = "enc" },
        { "use that is no text", k => k["use"] = 7 },
        { "not for verifying", k => k["key_ops"] = new JsonArray("sign") },
        { "key_ops that is no list", k => k["key_ops"] = "verify" },
        { "another algorithm", k => k["alg"] = "HS256" },
        { "no algorithm", k => k["alg"] = "none" },
        { "alg that is no text", k => k["alg"] = new JsonArray() },
        { "a private key", k => k["d"] = "AAAA" },
        { "a symmetric key", k => k["k"] = "AAAA" },
        { "a factor", k => k["p"] = "AAAA" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_key_of_any_kind_with_a_fault_is_refused(string fault, Action<JsonObject> change)
    {
        foreach (var kind in SomeKeys.Kinds)
        {
            var jwk = SomeKeys.Of(kind).Jwk;
            change(jwk);

            Assert.True(SomeKeys.Read(jwk) is null, $"{kind}: {fault}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_number_must_be_whole_and_spelt_in_the_one_way(KeyKind kind)
    {
        var good = SomeKeys.Of(kind).Jwk;

        foreach (var member in new[] { "x", "y", "n" }.Where(good.ContainsKey))
        {
            var text = (string)good[member]!;
            var octets = Base64Url.DecodeFromChars(text);
            string[] spellings =
            [
                "", text + "=", text + " ", text.Insert(4, "\n"), text.Replace('-', '+').Replace('_', '/') + "+", text[..^1], text + "A",
                Base64Url.EncodeToString(octets.AsSpan(1)), Base64Url.EncodeToString(octets.AsSpan(0, octets.Length - 1)),
                Base64Url.EncodeToString([0, .. octets]), Base64Url.EncodeToString(new byte[octets.Length]),
                new('A', 3000),
            ];
            foreach (var spelling in spellings)
            {
                var changed = good.DeepClone();
                changed[member] = spelling;

                Assert.True(SomeKeys.Read(changed) is null, $"{member}: {spelling}");
            }

            var without = good.DeepClone().AsObject();
            without.Remove(member);
            Assert.Null(SomeKeys.Read(without));
            without[member] = 5;
            Assert.Null(SomeKeys.Read(without));
        }
    }

    [Fact]
    public void Idle_last_bits_are_refused()
    {
        var jwk = SomeKeys.Of(KeyKind.P256).Jwk;
        var x = (string)jwk["x"]!;
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        jwk["x"] = x[..^1] + Alphabet[Alphabet.IndexOf(x[^1], StringComparison.Ordinal) ^ 1];

        Assert.Null(SomeKeys.Read(jwk));
    }

    [Theory]
    [InlineData(KeyKind.P256, "P-256")]
    [InlineData(KeyKind.P384, "P-384")]
    public void A_point_off_the_curve_is_refused(KeyKind kind, string curve)
    {
        var jwk = SomeKeys.Of(kind).Jwk;
        var (x, y) = ((string)jwk["x"]!, (string)jwk["y"]!);
        var octets = Base64Url.DecodeFromChars(y);
        octets[^1] ^= 1;

        Assert.Null(Read($$"""{"kty":"EC","crv":"{{curve}}","x":"{{x}}","y":"{{Base64Url.EncodeToString(octets)}}"}"""));
        Assert.Null(Read($$"""{"kty":"EC","crv":"{{curve}}","x":"{{y}}","y":"{{x}}"}"""));
    }

    [Theory]
    [InlineData("EC", "P-521")]
    [InlineData("EC", "secp256k1")]
    [InlineData("EC", "P-384")]
    [InlineData("EC", "p-256")]
    [InlineData("OKP", "Ed25519")]
    [InlineData("OKP", "P-256")]
    [InlineData("RSA", null)]
    public void A_point_of_P_256_is_no_key_of_another_kind(string kty, string? curve)
    {
        var jwk = SomeKeys.Of(KeyKind.P256).Jwk;
        (jwk["kty"], jwk["crv"]) = (kty, curve);

        Assert.Null(SomeKeys.Read(jwk));
    }

    [Theory]
    [InlineData("X25519")]
    [InlineData("Ed448")]
    [InlineData("ed25519")]
    [InlineData(null)]
    public void Only_Ed25519_of_its_family(string? curve)
    {
        var jwk = SomeKeys.Of(KeyKind.Ed25519).Jwk;
        jwk["crv"] = curve;

        Assert.Null(SomeKeys.Read(jwk));
    }

    [Theory]
    [InlineData(2047, "AQAB", false)]
    [InlineData(1024, "AQAB", false)]
    [InlineData(512, "AQAB", false)]
    [InlineData(8200, "AQAB", false)]
    [InlineData(2048, "AQ", false)] // 1: everything signs itself
    [InlineData(2048, "Ag", false)] // 2
    [InlineData(2048, "AA", false)]
    [InlineData(2048, "", false)]
    [InlineData(2048, "AAEAAQ", false)] // a leading zero
    [InlineData(2048, "AQAA", false)] // even
    [InlineData(2048, "AQAAAAAAAAAB", false)] // 65 bits
    [InlineData(2048, "AQAB", true)]
    [InlineData(2048, "Aw", true)]
    [InlineData(3072, "AQAB", true)]
    [InlineData(4096, "AQAB", true)]
    [InlineData(8192, "AQAB", true)]
    public void An_RSA_key_is_neither_weak_nor_endless(int bits, string exponent, bool sound)
    {
        // An odd number of exactly so many bits; whether it has two prime factors nobody can see.
        var modulus = new byte[(bits + 7) / 8];
        (modulus[0], modulus[^1]) = ((byte)(1 << ((bits - 1) % 8)), 1);

        var key = Read($$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(modulus)}}","e":"{{exponent}}"}""");

        Assert.Equal(sound, key is not null);
        Assert.False(key?.Verifies([1], new byte[modulus.Length]) ?? false);
        Assert.False(key?.Verifies([1], [.. Enumerable.Repeat((byte)0xff, modulus.Length)]) ?? false);
    }

    [Fact]
    public void An_even_modulus_is_refused()
    {
        var modulus = new byte[256];
        (modulus[0], modulus[^1]) = (0x80, 2);

        Assert.Null(Read($$"""{"kty":"RSA","n":"{{Base64Url.EncodeToString(modulus)}}","e":"AQAB"}"""));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"EC\"")]
    [InlineData("{}")]
    [InlineData("""{"keys":[]}""")]
    public void What_is_no_JWK_is_refused(string json) => Assert.Null(Read(json));

    private static VerificationKey? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Jwk.Read(document.RootElement);
    }
}
