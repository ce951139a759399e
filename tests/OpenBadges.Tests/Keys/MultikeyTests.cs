using CitiesOfLearning.OpenBadges.Keys;

namespace CitiesOfLearning.OpenBadges.Tests.Keys;

/// <summary>https://www.w3.org/TR/cid-1.0/#Multikey, and keys that nobody should use.</summary>
public sealed class MultikeyTests
{
    // The example keys of https://www.w3.org/TR/vc-di-ecdsa/ and https://www.w3.org/TR/vc-di-eddsa/.
    private const string P256 = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";
    private const string P384 = "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ";
    private const string Ed25519 = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

    private static ReadOnlySpan<byte> P256Header => [0x80, 0x24];

    [Theory]
    [InlineData(P256, KeyKind.P256)]
    [InlineData(P384, KeyKind.P384)]
    [InlineData(Ed25519, KeyKind.Ed25519)]
    public void A_published_key_is_read_and_written_again(string text, KeyKind kind)
    {
        var key = Multikey.Read(text)!;

        Assert.Equal(kind, key.Kind);
        Assert.Equal(text, Multikey.Write(key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("z")]
    [InlineData("DnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP")]
    [InlineData("zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKV0")]
    [InlineData("ZDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP")]
    [InlineData(P256 + "1")]
    [InlineData("z1DnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP")]
    [InlineData("z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN")] // a secret key
    public void What_is_no_multikey_is_refused(string text) => Assert.Null(Multikey.Read(text));

    [Fact]
    public void Another_base_is_refused()
    {
        // vc-di-ecdsa, 2.1.1: any other encoding MUST NOT be allowed.
        var bytes = Multikey.Encode(Multikey.Read(P256)!);

        Assert.Null(Multikey.Read("u" + System.Buffers.Text.Base64Url.EncodeToString(bytes)));
        Assert.Null(Multikey.Read("f" + Convert.ToHexStringLower(bytes)));
    }

    [Fact]
    public void A_point_must_be_compressed_whole_and_on_the_curve()
    {
        var point = Multikey.Encode(Multikey.Read(P256)!)[2..];
        using var ec = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var q = ec.ExportParameters(false).Q;

        Assert.NotNull(Multikey.Decode([.. P256Header, .. point]));
        Assert.NotEqual(Multikey.Decode([.. P256Header, .. point]), Multikey.Decode([.. P256Header, (byte)(point[0] ^ 1), .. point[1..]]));
        Assert.Null(Multikey.Decode([.. P256Header, .. point[..^1]]));
        Assert.Null(Multikey.Decode([.. P256Header, .. point, 0]));
        Assert.Null(Multikey.Decode([.. P256Header, 4, .. q.X!, .. q.Y!]));
        Assert.Null(Multikey.Decode([.. P256Header, 6, .. point[1..]]));
        Assert.Null(Multikey.Decode([.. P256Header, 0]));
        Assert.Null(Multikey.Decode([.. P256Header, .. new byte[33]]));
        Assert.Null(Multikey.Decode([.. P256Header, 2, .. Enumerable.Repeat((byte)0xff, 32)])); // not below p
        Assert.Null(Multikey.Decode([.. P256Header]));
        Assert.Null(Multikey.Decode([0x81, 0x24, .. point])); // P-384's header
        Assert.Null(Multikey.Decode([0x80, 0xa4, 0x00, .. point])); // the same number as a longer varint
    }

    [Fact]
    public void About_half_of_all_x_are_no_point()
    {
        var onCurve = Enumerable.Range(0, 100).Count(i => EcKey.FromCompressed(KeyKind.P256, [2, .. new byte[31], (byte)i]) is not null);

        Assert.InRange(onCurve, 30, 70);
    }

    // The eight points of small order, and their encodings that are not canonical: https://eprint.iacr.org/2020/1244, table 6.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ECFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("26E8958FC2B227B045C3F489F2EF98F0D5DFAC05D3C63339B13802886D53FC05")]
    [InlineData("26E8958FC2B227B045C3F489F2EF98F0D5DFAC05D3C63339B13802886D53FC85")]
    [InlineData("C7176A703D4DD84FBA3C0B760D10670F2A2053FA2C39CCC64EC7FD7792AC037A")]
    [InlineData("C7176A703D4DD84FBA3C0B760D10670F2A2053FA2C39CCC64EC7FD7792AC03FA")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("ECFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("EEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F")]
    [InlineData("EEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("EDFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [InlineData("EDFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")] // not on the curve
    public void An_Ed25519_key_of_small_order_or_not_on_the_curve_is_refused(string hex) =>
        Assert.Null(Multikey.Decode([0xed, 0x01, .. Convert.FromHexString(hex)]));

    [Fact]
    public void An_Ed25519_key_has_32_bytes()
    {
        var key = Multikey.Encode(Multikey.Read(Ed25519)!);

        Assert.Null(Multikey.Decode(key.AsSpan(0, key.Length - 1)));
        Assert.Null(Multikey.Decode([.. key, 0]));
    }

    [Theory]
    [InlineData("EB01")] // BLS12-381
    [InlineData("E701")] // secp256k1
    [InlineData("8526")] // rsa-pub
    [InlineData("EC01")] // X25519
    [InlineData("8626")] // p256-priv
    public void Kinds_that_the_hub_does_not_know_are_refused(string header)
    {
        var key = Multikey.Encode(Multikey.Read(Ed25519)!).AsSpan(2);

        Assert.Null(Multikey.Decode([.. Convert.FromHexString(header), .. key]));
        Assert.Null(Multikey.Decode([.. Convert.FromHexString(header), 2, .. key]));
    }

    [Fact]
    public void RSA_has_no_multikey() => Assert.Throws<ArgumentException>(() => Multikey.Write(SomeKeys.Of(KeyKind.Rsa).Public));
}
