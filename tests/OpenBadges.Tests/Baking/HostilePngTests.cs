using System.Text;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Images;
using CitiesOfLearning.Tests.Support;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Baking;

/// <summary>Row 10 of the list of what goes wrong: pictures that were made to hurt who reads them.</summary>
public sealed class HostilePngTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Text_that_inflates_to_a_gigabyte_is_refused_without_inflating_it(bool international)
    {
        // 1 GiB of zeros is about 1 MiB deflated at best; the published bomb has 4.7 MB. Both sides of the limit on the chunk.
        var bomb = PngBuilder.Deflate(new byte[200 * 1024 * 1024]);
        var refused = AssertRefusedCheaply(PngReadingTests.Picture(b => international
            ? b.Chunk("iTXt", [.. "openbadgecredential\0\u0001\0\0\0"u8, .. bomb])
            : b.Chunk("zTXt", [.. "openbadges\0\0"u8, .. bomb])));

        Assert.Equal(ImageProblems.TextTooLarge, refused);
    }

    [Fact]
    public void A_text_chunk_of_4_7_MB_is_refused_before_it_is_looked_into() =>
        Assert.Equal(
            ImageProblems.TextTooLarge,
            AssertRefusedCheaply(PngReadingTests.Picture(b => b.Chunk("zTXt", [.. "openbadges\0\0"u8, .. new byte[4_700_000]]))));

    [Fact]
    public void Exactly_one_mebibyte_of_inflated_text_is_read_and_one_byte_more_is_not()
    {
        var most = Encoding.ASCII.GetBytes(new string('a', ImageLimits.TextBytes));

        var found = BadgeImage.Extract(PngReadingTests.Picture(b => b.CompressedText("openbadges", most)));
        var refused = BadgeImage.Extract(PngReadingTests.Picture(b => b.CompressedText("openbadges", [.. most, (byte)'a'])));

        Assert.Equal(ImageLimits.TextBytes, Assert.IsType<ExtractionResult.Found>(found).UnverifiedCredential.Length);
        Assert.Equal(ImageProblems.TextTooLarge, Code(refused));
    }

    [Theory]
    [InlineData(1, 500_000_000)]
    [InlineData(500_000_000, 1)]
    [InlineData(0xFFFFFFFF, 0xFFFFFFFF)]
    [InlineData(0, 1)]
    public void Dimensions_nobody_could_draw_are_refused(uint width, uint height) =>
        Assert.Equal(
            ImageProblems.Dimensions,
            AssertRefusedCheaply(new PngBuilder().Header(width, height).Pixels(1, 1, 1).End().ToArray()));

    [Fact]
    public void A_hundred_thousand_chunks_are_refused()
    {
        var builder = new PngBuilder().Header(1, 1);
        for (var i = 0; i < 100_000; i++)
        {
            builder.Chunk("tIME", []);
        }

        Assert.Equal(ImageProblems.TooManyParts, AssertRefusedCheaply(builder.Pixels(1, 1, 1).End().ToArray()));
    }

    [Fact]
    public void A_file_of_more_than_10_MiB_is_refused() =>
        Assert.Equal(ImageProblems.TooLarge, AssertRefusedCheaply([.. Some.Png(), .. new byte[ImageLimits.PngBytes]]));

    [Theory]
    [InlineData(0xFFFFFFFF)]
    [InlineData(0x80000000)]
    [InlineData(0x7FFFFFFF)]
    [InlineData(1000)]
    public void A_chunk_longer_than_the_file_is_refused(uint length) =>
        Assert.Equal(
            ImageProblems.Damaged,
            AssertRefusedCheaply(PngReadingTests.Picture(b => b.Chunk("iTXt", "openbadges\0"u8, length))));

    [Fact]
    public void Two_credentials_are_refused_in_whatever_form()
    {
        var twice = PngReadingTests.Picture(b => b
            .InternationalText("openbadgecredential", "a")
            .InternationalText("openbadgecredential", "a"));
        var mixed = PngReadingTests.Picture(b => b.InternationalText("openbadgecredential", "a").Text("openbadges", "b"));

        Assert.Equal(ImageProblems.TwoCredentials, Code(BadgeImage.Extract(twice)));
        Assert.Equal(ImageProblems.TwoCredentials, Code(BadgeImage.Extract(mixed)));
    }

    [Fact]
    public void Broken_files_are_refused_with_a_reason()
    {
        byte[][] broken =
        [
            new PngBuilder().Header(4, 4).Pixels(4, 4, 1).ToArray(),
            new PngBuilder().Header(4, 4).End().ToArray(),
            new PngBuilder().Pixels(4, 4, 1).Header(4, 4).End().ToArray(),
            new PngBuilder().Header(4, 4).Header(4, 4).Pixels(4, 4, 1).End().ToArray(),
            new PngBuilder().Header(4, 4).Pixels(4, 4, 1).Chunk("IEND", [0]).ToArray(),
            new PngBuilder().ToArray(),
        ];

        Assert.All(broken, png => Assert.Equal(ImageProblems.Damaged, AssertRefusedCheaply(png)));
    }

    [Fact]
    public void A_credential_that_cannot_be_read_is_refused()
    {
        byte[][] unreadable =
        [
            PngReadingTests.Picture(b => b.Chunk("iTXt", "openbadgecredential\0\0\0\0\0a.b.c"u8, crc: 1)),
            PngReadingTests.Picture(b => b.Chunk("iTXt", "openbadgecredential\0"u8)),
            PngReadingTests.Picture(b => b.Chunk("iTXt", "openbadgecredential\0\0\0en"u8)),
            PngReadingTests.Picture(b => b.Chunk("iTXt", "openbadgecredential\0\u0007\0\0\0text"u8)),
            PngReadingTests.Picture(b => b.Chunk("iTXt", "openbadgecredential\0\u0001\0\0\0not deflated"u8)),
            PngReadingTests.Picture(b => b.Chunk("zTXt", "openbadges\0\u0009xx"u8)),
            PngReadingTests.Picture(b => b.Chunk("zTXt", "openbadges\0"u8)),
            PngReadingTests.Picture(b => b.Chunk("tEXt", [.. "openbadges\0"u8, 0xFF, 0xFE])),
            PngReadingTests.Picture(b => b.InternationalText("openbadgecredential", "")),
        ];

        Assert.All(unreadable, png => Assert.Equal(ImageProblems.CredentialUnreadable, AssertRefusedCheaply(png)));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var baked = PngBaker.Bake(Some.Png(4, 4), "a.b.c"u8);

        for (var length = 0; length < baked.Length; length++)
        {
            Assert.IsType<ExtractionResult.Refused>(BadgeImage.Extract(baked.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Whatever_the_bytes_reading_neither_throws_nor_allocates_beyond_the_limits()
    {
        var baked = PngReadingTests.Picture(
            b => b.CompressedInternationalText("openbadgecredential", Encoding.UTF8.GetBytes(Some.CompactJws)));
        var mutated = Gen.Select(Gen.Int[8, baked.Length - 1], Gen.Byte, Gen.Int[8, baked.Length - 1], Gen.Byte)
            .Select((i, a, j, b) => { var copy = baked.ToArray(); copy[i] = a; copy[j] = b; return copy; });
        var random = Gen.Byte.Array[0, 300].Select(tail => (byte[])[.. baked.AsSpan(0, 33), .. tail]);

        Gen.OneOf(mutated, random, Gen.Byte.Array[0, 300]).Sample(file => Assert.NotNull(ExtractCheaply(file)), iter: 20_000);
    }

    private static string AssertRefusedCheaply(byte[] png) => Code(ExtractCheaply(png));

    private static string Code(ExtractionResult result)
    {
        var problem = Assert.IsType<ExtractionResult.Refused>(result).Problem;
        Assert.False(string.IsNullOrWhiteSpace(problem.Reason));
        return problem.Code;
    }

    // The largest text, twice over while it grows, and change.
    private static ExtractionResult ExtractCheaply(byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = BadgeImage.Extract(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * ImageLimits.TextBytes);
        return result;
    }
}
