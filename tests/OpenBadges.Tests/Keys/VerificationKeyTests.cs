using System.Formats.Asn1;
using System.Security.Cryptography;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.Tests.Support;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Keys;

public sealed class VerificationKeyTests
{
    private static readonly byte[] Message = "one message"u8.ToArray();

    public static TheoryData<KeyKind> Kinds => [.. SomeKeys.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_the_private_half_signed_verifies_and_nothing_else_does(KeyKind kind)
    {
        var (pair, stranger) = (SomeKeys.Of(kind), SomeKeys.Of(kind));
        var signature = pair.Sign(Message);

        Assert.True(pair.Public.Verifies(Message, signature));
        Assert.False(stranger.Public.Verifies(Message, signature));
        Assert.False(pair.Public.Verifies([.. Message, 0], signature));
        Assert.False(pair.Public.Verifies(Message.AsSpan(1), signature));
        Assert.False(pair.Public.Verifies(Message, []));
        Assert.False(pair.Public.Verifies(Message, signature.AsSpan(1)));
        Assert.False(pair.Public.Verifies(Message, signature.AsSpan(0, signature.Length - 1)));
        Assert.False(pair.Public.Verifies(Message, [.. signature, 0]));
        Assert.False(pair.Public.Verifies(Message, [0, .. signature]));
        Assert.False(pair.Public.Verifies(Message, new byte[signature.Length]));
        Assert.False(pair.Public.Verifies(Message, [.. Enumerable.Repeat((byte)0xff, signature.Length)]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Whichever_bit_of_a_signature_changes_it_is_bad(KeyKind kind)
    {
        var pair = SomeKeys.Of(kind);
        var key = pair.Public;
        var signature = pair.Sign(Message);

        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var changed = signature.ToArray();
            changed[bit >> 3] ^= (byte)(1 << (bit & 7));

            Assert.False(key.Verifies(Message, changed), $"bit {bit}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_key_is_equal_to_itself_however_it_was_written(KeyKind kind)
    {
        var pair = SomeKeys.Of(kind);

        Assert.Equal(pair.Public, pair.Public);
        Assert.Equal(pair.Public.GetHashCode(), pair.Public.GetHashCode());
        Assert.NotEqual(pair.Public, SomeKeys.Of(kind).Public);
        Assert.All(SomeKeys.Kinds.Where(k => k != kind), k => Assert.NotEqual(pair.Public, SomeKeys.Of(k).Public));
    }

    [Fact]
    public void Each_kind_has_one_algorithm() =>
        Assert.Equal(["ES256", "ES384", "EdDSA", "RS256"], SomeKeys.Kinds.Select(k => SomeKeys.Of(k).Public.Algorithm));

    [Fact]
    public void A_signature_in_DER_is_bad()
    {
        var pair = SomeKeys.Of(KeyKind.P256);
        var raw = pair.Sign(Message);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(raw.AsSpan(0, 32).TrimStart((byte)0));
            writer.WriteIntegerUnsigned(raw.AsSpan(32).TrimStart((byte)0));
        }

        Assert.False(pair.Public.Verifies(Message, writer.Encode()));
    }

    [Fact]
    public void A_signature_by_the_right_key_with_another_hash_is_bad()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        var (point256, point384) = (p256.ExportParameters(false).Q, p384.ExportParameters(false).Q);

        Assert.False(
            EcKey.FromCoordinates(KeyKind.P256, point256.X, point256.Y)!.Verifies(
                Message, p256.SignData(Message, HashAlgorithmName.SHA384)));
        Assert.False(
            EcKey.FromCoordinates(KeyKind.P384, point384.X, point384.Y)!.Verifies(
                Message, p384.SignData(Message, HashAlgorithmName.SHA256)));
        Assert.False(SomeKeys.Rsa(rsa).Public.Verifies(Message, rsa.SignData(Message, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)));
        Assert.False(SomeKeys.Rsa(rsa).Public.Verifies(Message, rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)));
    }

    [Theory]
    [InlineData(SigningAlgorithm.ES256)]
    [InlineData(SigningAlgorithm.RS256)]
    public void A_citys_own_key_can_be_one(SigningAlgorithm algorithm)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var ours = new SigningKey(
            SampleCity.Plymouth,
            "1",
            algorithm,
            algorithm == SigningAlgorithm.ES256 ? ec.ExportSubjectPublicKeyInfo() : rsa.ExportSubjectPublicKeyInfo(),
            default,
            null);
        var signature = algorithm == SigningAlgorithm.ES256
            ? ec.SignData(Message, HashAlgorithmName.SHA256)
            : rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var key = ours.VerificationKey;

        Assert.Equal(algorithm.ToString(), key.Algorithm);
        Assert.True(key.Verifies(Message, signature));
        Assert.Equal(key, PublishedJwk(ours));
    }

    [Fact]
    public void One_key_serves_several_threads()
    {
        var pairs = SomeKeys.Kinds.Select(k => SomeKeys.Of(k)).Select(p => (Key: p.Public, Signature: p.Sign(Message))).ToArray();

        var answers = Enumerable.Range(0, 400).AsParallel().Select(i => pairs[i % 4].Key.Verifies(Message, pairs[i % 4].Signature));

        Assert.DoesNotContain(false, answers);
    }

    [Fact]
    public void Every_generated_key_signs_and_survives_each_of_its_spellings() =>
        Gen.Select(SomeKeys.Generated, Gen.Byte.Array[0, 300]).Sample(
            (pair, message) =>
            {
                var key = pair.Public;
                var signature = pair.Sign(message);
                return key.Verifies(message, signature)
                    && Multikey.Read(Multikey.Write(key))!.Equals(key)
                    && Multikey.Decode(Multikey.Encode(key))!.Verifies(message, signature)
                    && SelfCertifyingDid.Read($"{pair.Did}#{pair.Multibase}")!.Key.Equals(key)
                    && SelfCertifyingDid.Read($"{pair.DidJwk}#0")!.Key.Equals(key);
            },
            iter: 200);

    // As the hub publishes it.
    private static VerificationKey? PublishedJwk(SigningKey key)
    {
        using var document = System.Text.Json.JsonDocument.Parse(Jwks.Single(key, new HubUrls("https://hub.example")).Body);
        return Jwk.Read(document.RootElement);
    }
}
