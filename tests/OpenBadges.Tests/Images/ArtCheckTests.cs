using CitiesOfLearning.OpenBadges.Images;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.OpenBadges.Tests.Images;

public sealed class ArtCheckTests
{
    [Fact]
    public void A_png_is_known_by_its_bytes_and_measured_without_decoding()
    {
        var art = ArtCheck.Check(Some.Png(30, 20));

        Assert.True(art.IsClean);
        Assert.Equal((ImageKind.Png, 30, 20, "image/png"), (art.Kind, art.Width, art.Height, art.MediaType));
    }

    [Theory]
    [InlineData(4096, 4096, true)]
    [InlineData(4097, 1, false)]
    [InlineData(1, 4097, false)]
    [InlineData(1, 500_000_000, false)]
    public void Its_size_is_limited(uint width, uint height, bool clean)
    {
        var art = ArtCheck.Check(new PngBuilder().Header(width, height).Pixels(1, 1, 1).End().ToArray());

        Assert.Equal(clean, art.IsClean);
        Assert.All(art.Problems, p => Assert.Equal(ImageProblems.Dimensions, p.Code));
    }

    [Fact]
    public void A_png_that_goes_on_after_its_end_may_be_something_else_as_well()
    {
        byte[] polyglot = [.. Some.Png(4, 4), .. "<script>alert(1)</script>"u8];

        Assert.Equal(ImageProblems.TrailingData, Assert.Single(ArtCheck.Check(polyglot).Problems).Code);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 })]
    [InlineData(new byte[0])]
    public void Other_kinds_are_refused(byte[] file) =>
        Assert.Equal(ImageProblems.UnknownKind, Assert.Single(ArtCheck.Check(file).Problems).Code);
}
