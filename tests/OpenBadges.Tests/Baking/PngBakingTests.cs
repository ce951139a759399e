using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.Tests.Support;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Baking;

public sealed class PngBakingTests
{
    [Fact]
    public void What_is_baked_in_comes_out_as_it_was()
    {
        Gen.Select(Gen.String, Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int).Sample((text, width, height, seed) =>
        {
            // Lone surrogates are no Unicode text; UTF-8 has replaced them before baking sees them.
            var credential = Encoding.UTF8.GetBytes(text + "☃");
            var png = Some.Png(width, height, seed);

            var found = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(PngBaker.Bake(png, credential)));

            Assert.Equal(credential, found.UnverifiedCredential.ToArray());
            Assert.Equal(BakedForm.OpenBadges3, found.Form);
            Assert.Equal(png, found.Picture.ToArray());
        });
    }

    [Fact]
    public void A_baked_picture_is_a_correct_png_with_the_same_pixels()
    {
        var png = Some.Png();

        var baked = Chunks(PngBaker.Bake(png, Encoding.UTF8.GetBytes(Some.CompactJws)));

        Assert.Equal("IHDR", baked[0].Type);
        Assert.Equal("iTXt", baked[1].Type);
        Assert.Equal("openbadgecredential\0\0\0\0\0" + Some.CompactJws, Encoding.UTF8.GetString(baked[1].Data));
        Assert.Equal("IEND", baked[^1].Type);
        Assert.Equal(Pixels(Chunks(png)), Pixels(baked));
    }

    [Theory]
    [InlineData("openbadgecredential")]
    [InlineData("openbadges")]
    public void An_earlier_credential_is_replaced_and_other_text_stays(string keyword)
    {
        var art = new PngBuilder().Header(4, 4).InternationalText(keyword, "old").Text("Author", "Ada")
            .Pixels(4, 4, 1).Text("openbadges", "https://example.org/old").End().ToArray();

        var chunks = Chunks(PngBaker.Bake(art, "new"u8));

        Assert.Equal(["IHDR", "iTXt", "tEXt", "IDAT", "IEND"], chunks.Select(c => c.Type));
        Assert.EndsWith("new", Encoding.UTF8.GetString(chunks[1].Data));
        Assert.Equal("Author\0Ada", Encoding.UTF8.GetString(chunks[2].Data));
    }

    [Fact]
    public void The_picture_digest_is_that_of_the_art_and_changes_with_the_picture()
    {
        var (art, other) = (Some.Png(seed: 1), Some.Png(seed: 2));

        var found = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(PngBaker.Bake(art, "a.b.c"u8)));
        var swapped = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(PngBaker.Bake(other, "a.b.c"u8)));
        var plain = Assert.IsType<ExtractionResult.NotBaked>(BadgeImage.Extract(art));

        Assert.Equal(SHA256.HashData(art), found.Picture.Sha256());
        Assert.Equal(SHA256.HashData(art), plain.Picture.Sha256());
        Assert.NotEqual(SHA256.HashData(art), swapped.Picture.Sha256());
    }

    [Fact]
    public void The_credential_is_read_without_copying_the_file()
    {
        var baked = PngBaker.Bake(Some.Png(), Encoding.UTF8.GetBytes(Some.CompactJws));
        BadgeImage.Extract(baked);

        var before = GC.GetAllocatedBytesForCurrentThread();
        BadgeImage.Extract(baked);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, 1024);
    }

    [Fact]
    public void Baking_allocates_the_result_and_little_else()
    {
        var (art, credential) = (Some.Png(), Encoding.UTF8.GetBytes(Some.CompactJws));
        var baked = PngBaker.Bake(art, credential);

        var before = GC.GetAllocatedBytesForCurrentThread();
        PngBaker.Bake(art, credential);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, baked.Length, baked.Length + 512);
    }

    [Fact]
    public void Notes_that_a_program_adds_do_not_make_it_another_picture_and_a_changed_pixel_does()
    {
        var art = Some.Png(8, 8, 1);
        var baked = PngBaker.Bake(art, "a.b.c"u8);
        byte[] Noted(byte[] png) => [.. png[..^12], .. new PngBuilder().Chunk("eXIf", "MM\0*"u8.ToArray()).ToArray()[8..],
            .. new PngBuilder().Text("Software", "A tool").ToArray()[8..], .. png[^12..]];

        Assert.True(Picture(Noted(baked)).Is(art));
        Assert.False(Picture(Noted(PngBaker.Bake(Some.Png(8, 8, 2), "a.b.c"u8))).Is(art));
        Assert.False(Picture([.. baked, 0]).Is(art));

        static UnbakedPicture Picture(byte[] file) => ((ExtractionResult.Found)BadgeImage.Extract(file)).Picture;
    }

    [Fact]
    public void Art_that_is_no_picture_cannot_be_baked()
    {
        Assert.Throws<ArgumentException>(() => PngBaker.Bake("not a picture"u8, "a.b.c"u8));
        Assert.Throws<ArgumentException>(() => PngBaker.Bake(Some.Png(), ""u8));
        Assert.Throws<ArgumentException>(() => PngBaker.Bake([.. Some.Png(), 0], "a.b.c"u8));
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var crc = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length));
            Assert.Equal(Crc32.HashToUInt32(png.AsSpan(at + 4, 4 + length)), crc);
            chunks.Add((Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return chunks;
    }

    private static byte[] Pixels(IEnumerable<(string Type, byte[] Data)> chunks)
    {
        byte[] deflated = [.. chunks.Where(c => c.Type == "IDAT").SelectMany(c => c.Data)];
        using var zlib = new ZLibStream(new MemoryStream(deflated), CompressionMode.Decompress);
        using var pixels = new MemoryStream();
        zlib.CopyTo(pixels);
        return pixels.ToArray();
    }
}
