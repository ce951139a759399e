using System.Text.Json;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.OpenBadges.Tests.Keys;

/// <summary>Wycheproof's signatures (https://github.com/C2SP/wycheproof) and the example keys of the Data Integrity cryptosuites.</summary>
public sealed class PublishedVectorTests
{
    [Theory]
    [InlineData("ecdsa_secp256r1_sha256_p1363_test.json", KeyKind.P256, 173, 89)]
    [InlineData("ecdsa_secp384r1_sha384_p1363_test.json", KeyKind.P384, 193, 87)]
    [InlineData("ed25519_test.json", KeyKind.Ed25519, 88, 63)]
    [InlineData("rsa_signature_2048_sha256_test.json", KeyKind.Rsa, 9, 250)]
    public void Wycheproof_verifies_what_is_valid_and_nothing_else(string file, KeyKind kind, int valid, int others)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Corpus.At($"wycheproof/{file}")));
        var (right, wrong) = (0, new List<string>());

        foreach (var group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var key = Key(group, kind);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                // "acceptable" is a missing NULL in RSA: refused here.
                var expected = test.GetProperty("result").ValueEquals("valid");
                if (key.Verifies(Hex(test, "msg"), Hex(test, "sig")) == expected)
                {
                    right++;
                }
                else
                {
                    wrong.Add($"{test.GetProperty("tcId")} {test.GetProperty("comment")} {test.GetProperty("flags")}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(valid + others, right);
        TestContext.Current.TestOutputHelper?.WriteLine($"{file}: {right} of {right + wrong.Count}");
    }

    [Theory]
    [InlineData("vc-di-ecdsa/p256KeyPair.json", KeyKind.P256)]
    [InlineData("vc-di-ecdsa/p384KeyPair.json", KeyKind.P384)]
    [InlineData("vc-di-eddsa/keyPair.json", KeyKind.Ed25519)]
    public void The_example_keys_are_read_and_written_as_they_are_published(string file, KeyKind kind)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Corpus.At(file)));
        var text = document.RootElement.GetProperty("publicKeyMultibase").GetString()!;

        var key = Multikey.Read(text)!;

        Assert.Equal(kind, key.Kind);
        Assert.Equal(text, Multikey.Write(key));
        Assert.Null(Multikey.Read(document.RootElement.EnumerateObject().Single(m => m.Name != "publicKeyMultibase").Value.GetString()!));
    }

    private static VerificationKey Key(JsonElement group, KeyKind kind)
    {
        // ECDSA and Ed25519 groups have a JWK; RSA groups name modulus and exponent, with a sign byte in front.
        if (group.TryGetProperty("publicKeyJwk", out var jwk) || group.TryGetProperty("keyJwk", out jwk))
        {
            return Assert.IsAssignableFrom<VerificationKey>(Jwk.Read(jwk));
        }

        var key = group.GetProperty("publicKey");
        return kind == KeyKind.Rsa
            ? RsaKey.From(Hex(key, "modulus").AsSpan().TrimStart((byte)0), Hex(key, "publicExponent").AsSpan().TrimStart((byte)0))!
            : EcKey.FromCoordinates(kind, Padded(Hex(key, "wx"), kind), Padded(Hex(key, "wy"), kind))!;
    }

    private static byte[] Padded(byte[] number, KeyKind kind)
    {
        var size = kind == KeyKind.P256 ? 32 : 48;
        var digits = number.AsSpan().TrimStart((byte)0);
        return [.. new byte[size - digits.Length], .. digits];
    }

    private static byte[] Hex(JsonElement parent, string name)
    {
        var hex = parent.GetProperty(name).GetString()!;
        return Convert.FromHexString(hex.Length % 2 == 0 ? hex : "0" + hex);
    }
}
