using System.Buffers.Text;
using System.IO.Compression;
using CitiesOfLearning.OpenBadges.Status;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Status;

public sealed class StatusListBitsTests
{
    // Example of https://www.w3.org/TR/vc-bitstring-status-list/#example-example-bitstringstatuslistcredential
    private const string PublishedZeros =
        "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";

    [Fact]
    public void The_published_list_decodes_to_zeros()
    {
        Assert.True(StatusListBits.TryDecode(PublishedZeros, out var bits, out _));

        Assert.Equal(131_072, bits.Length);
        Assert.DoesNotContain(true, Enumerable.Range(0, bits.Length).Select(bits.Get));
    }

    [Fact]
    public void Index_0_is_the_most_significant_bit_of_byte_0()
    {
        var bits = new StatusListBits();
        bits.Set(0, true);
        bits.Set(9, true);

        var bytes = Inflate(bits.Encode());

        Assert.Equal(16_384, bytes.Length);
        Assert.Equal([0x80, 0x40, 0], bytes[..3]);
    }

    [Fact]
    public void Set_bits_survive_encoding_and_no_others_appear()
    {
        Gen.Int[0, StatusListBits.MinimumLength - 1].HashSet[0, 50].Sample(
            indexes =>
            {
                var bits = new StatusListBits();
                foreach (var index in indexes)
                {
                    bits.Set(index, true);
                }

                Assert.True(StatusListBits.TryDecode(bits.Encode(), out var decoded, out _));
                Assert.Equal(indexes.Order(), Enumerable.Range(0, decoded.Length).Where(decoded.Get));
                Assert.Equal(bits.Encode(), decoded.Encode());
            },
            iter: 50);
    }

    [Fact]
    public void A_list_that_is_too_short_is_read_and_says_so()
    {
        Assert.True(StatusListBits.TryDecode(Deflate([0x10]), out var bits, out _));

        Assert.Equal((8, true), (bits.Length, bits.IsShort));
        Assert.Equal([3], Enumerable.Range(0, bits.Length).Where(bits.Get));
        Assert.False(new StatusListBits().IsShort);
    }

    [Fact]
    public void A_bit_can_be_cleared_again()
    {
        var bits = new StatusListBits();
        bits.Set(42, true);
        bits.Set(42, false);

        Assert.False(bits.Get(42));
        Assert.Equal(new StatusListBits().Encode(), bits.Encode());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(131_072)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void An_index_outside_the_list_is_an_error(int index)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatusListBits().Get(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StatusListBits().Set(index, true));
    }

    [Fact]
    public void Two_mebibytes_are_read_and_a_byte_more_is_refused_at_bounded_cost()
    {
        var bomb = Deflate(new byte[500 * 1024 * 1024]);

        Assert.True(StatusListBits.TryDecode(Deflate(new byte[2 * 1024 * 1024]), out _, out _));
        Assert.False(StatusListBits.TryDecode(Deflate(new byte[(2 * 1024 * 1024) + 1]), out _, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(StatusListBits.TryDecode(bomb, out _, out var problem));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * 1024 * 1024);
        Assert.Contains("2 MiB", problem);
    }

    [Fact]
    public void What_is_no_status_list_is_refused_with_a_reason()
    {
        string[] refused =
        [
            "",
            "u",
            PublishedZeros[1..],
            "z" + PublishedZeros[1..],
            PublishedZeros + "=",
            PublishedZeros.Replace('-', '+'),
            PublishedZeros + "!",
            "u" + Base64Url.EncodeToString("not gzip at all"u8),
            Deflate([]),
            new string('u', 5_000_000),
        ];

        Assert.All(refused, text =>
        {
            Assert.False(StatusListBits.TryDecode(text, out _, out var problem), text);
            Assert.NotEmpty(problem);
        });
    }

    [Fact]
    public void Any_text_is_decoded_or_refused_but_never_throws() => Gen.OneOf(
            Gen.String.Select(s => "u" + s),
            Gen.Byte.Array.Select(b => "u" + Base64Url.EncodeToString([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, .. b])))
        .Sample(text => StatusListBits.TryDecode(text, out var bits, out var problem) ? bits is not null : problem is not null);

    private static string Deflate(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return "u" + Base64Url.EncodeToString(buffer.ToArray());
    }

    private static byte[] Inflate(string encoded)
    {
        using var gzip = new GZipStream(new MemoryStream(Base64Url.DecodeFromChars(encoded.AsSpan(1))), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
