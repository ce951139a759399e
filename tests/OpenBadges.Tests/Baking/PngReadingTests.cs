using System.Text;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.OpenBadges.Tests.Baking;

public sealed class PngReadingTests
{
    private const string Json = """{ "type": "OpenBadgeCredential", "name": "Dŵr" }""";

    [Fact]
    public void A_3_0_credential_is_found_with_language_and_translated_keyword()
    {
        var png = Picture(b => b.InternationalText("openbadgecredential", Json, "cy", "bathodyn agored"));

        AssertFound(png, Json, BakedForm.OpenBadges3);
    }

    [Fact]
    public void A_2_0_assertion_is_found() =>
        AssertFound(Picture(b => b.InternationalText("openbadges", Json)), Json, BakedForm.OpenBadges2);

    [Theory]
    [InlineData("https://example.org/assertions/1")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.c2ln")]
    public void A_legacy_badge_in_a_text_chunk_is_found(string text) =>
        AssertFound(Picture(b => b.Text("openbadges", text)), text, BakedForm.Legacy);

    [Fact]
    public void A_credential_after_the_pixels_is_found()
    {
        var png = new PngBuilder().Header(4, 4).Pixels(4, 4, 1).InternationalText("openbadgecredential", Json).End().ToArray();

        AssertFound(png, Json, BakedForm.OpenBadges3);
    }

    [Fact]
    public void Compressed_credentials_are_read_although_the_standard_forbids_them()
    {
        AssertFound(
            Picture(b => b.CompressedInternationalText("openbadgecredential", Encoding.UTF8.GetBytes(Json))), Json, BakedForm.OpenBadges3);
        AssertFound(Picture(b => b.CompressedText("openbadges", Encoding.UTF8.GetBytes(Json))), Json, BakedForm.Legacy);
    }

    [Theory]
    [InlineData("openbadge")]
    [InlineData("openbadgesX")]
    [InlineData("OpenBadgeCredential")]
    public void A_keyword_that_is_only_similar_is_no_credential(string keyword) =>
        Assert.IsType<ExtractionResult.NotBaked>(BadgeImage.Extract(Picture(b => b.InternationalText(keyword, Json))));

    [Fact]
    public void What_follows_the_end_of_the_picture_is_not_read()
    {
        var hidden = new PngBuilder().InternationalText("openbadgecredential", "hidden").ToArray()[8..];
        byte[] polyglot = [.. Picture(b => b.InternationalText("openbadgecredential", Json)), .. hidden, .. "<html>"u8];

        AssertFound(polyglot, Json, BakedForm.OpenBadges3);
        Assert.IsType<ExtractionResult.NotBaked>(BadgeImage.Extract((byte[])[.. Some.Png(), .. hidden]));
    }

    internal static byte[] Picture(Func<PngBuilder, PngBuilder> with) =>
        with(new PngBuilder().Header(4, 4)).Pixels(4, 4, 1).End().ToArray();

    private static void AssertFound(byte[] png, string text, BakedForm form)
    {
        var found = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(png));

        Assert.Equal(text, Encoding.UTF8.GetString(found.UnverifiedCredential.Span));
        Assert.Equal(form, found.Form);
    }
}
