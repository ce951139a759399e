using System.Text;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Images;
using CitiesOfLearning.OpenBadges.Tests.Images;
using CitiesOfLearning.Tests.Support;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Baking;

/// <summary>Row 9 of the list of what goes wrong, on the way in; <see cref="Images.SvgCheckTests"/> is the way out.</summary>
public sealed class HostileSvgTests
{
    private const string Credential = "<o:credential xmlns:o='https://purl.imsglobal.org/ob/v3p0' verify='a.b.c'/>";

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]><svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<!DOCTYPE svg SYSTEM 'x.dtd' [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]><svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&x;</text></svg>")]
    [InlineData(
        "<!DOCTYPE svg [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
        + "<svg xmlns='http://www.w3.org/2000/svg'>&c;</svg>")]
    public void Art_whose_doctype_declares_something_is_refused_with_whatever_it_would_fetch_or_expand(string svg)
    {
        foreach (var file in new byte[][]
        {
            Encoding.UTF8.GetBytes(svg),
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(svg)],
        })
        {
            Assert.Contains(SvgCheck.Check(file).Problems, p => p.Code is ImageProblems.Doctype or ImageProblems.Encoding);
            Assert.Throws<ArgumentException>(() => SvgBaker.Bake(file, "a.b.c"u8));
        }
    }

    /// <summary>H7: as Illustrator and Inkscape write them; whoever bakes into such a picture leaves them there.</summary>
    [Theory]
    [InlineData("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' [" +
        "<!ENTITY ns_svg 'http://www.w3.org/2000/svg'><!ENTITY ns_ai 'http://ns.adobe.com/AdobeIllustrator/10.0/'>]>", "xmlns:i='&ns_ai;'")]
    [InlineData("<!DOCTYPE svg SYSTEM 'x.dtd' [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]>", "")]
    [InlineData("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "")]
    [InlineData("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>", "")]
    public void A_badge_in_a_picture_whose_doctype_declares_something_is_read_and_nothing_is_fetched(string doctype, string attributes)
    {
        var svg = $"{doctype}<svg xmlns='http://www.w3.org/2000/svg' {attributes}>{Credential}<text>A</text></svg>";

        foreach (var file in new byte[][]
        {
            Encoding.UTF8.GetBytes(svg),
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(svg)],
        })
        {
            var found = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(file));
            Assert.Equal("a.b.c", Encoding.UTF8.GetString(found.UnverifiedCredential.Span));
        }
    }

    [Fact]
    public void What_a_file_on_this_machine_says_never_becomes_part_of_a_badge()
    {
        const string Svg =
            "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>"
            + "<o:credential xmlns:o='https://purl.imsglobal.org/ob/v3p0'>a&x;b</o:credential></svg>";

        var read = BadgeImage.Extract(Encoding.UTF8.GetBytes(Svg));

        Assert.True(read is ExtractionResult.Refused || (read is ExtractionResult.Found f && f.UnverifiedCredential.Length == 2));
    }

    [Fact]
    public void A_doctype_that_expands_without_end_is_refused() =>
        Assert.Equal(ImageProblems.Doctype, Code(Encoding.UTF8.GetBytes(
            "<!DOCTYPE svg [<!ENTITY a 'lollollollollollollollollollollollol'>"
            + string.Concat(Enumerable.Range('b', 9).Select(
                c => $"<!ENTITY {(char)c} '{string.Concat(Enumerable.Repeat($"&{(char)(c - 1)};", 8))}'>"))
            + "]><svg xmlns='http://www.w3.org/2000/svg'>&j;</svg>")));

    [Theory]
    [InlineData("<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>")]
    [InlineData("<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>")]
    [InlineData("<!DOCTYPE svg SYSTEM '<svg>'>")]
    [InlineData("<!DOCTYPE svg>")]
    public void A_doctype_that_declares_nothing_is_not_followed_and_does_no_harm(string doctype)
    {
        var art = Encoding.UTF8.GetBytes(doctype + "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>");

        var found = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(SvgBaker.Bake(art, "a.b.c"u8)));

        Assert.Equal("a.b.c", Encoding.UTF8.GetString(found.UnverifiedCredential.Span));
        Assert.True(found.Picture.Is(art));
    }

    [Fact]
    public void Two_credentials_are_refused() =>
        Assert.Equal(ImageProblems.TwoCredentials, Code(Some.Svg(Credential + "<g>" + Credential + "</g>")));

    [Fact]
    public void An_empty_credential_is_refused() =>
        Assert.Equal(ImageProblems.CredentialUnreadable, Code(Some.Svg(Credential.Replace("a.b.c", " "))));

    [Fact]
    public void A_credential_of_more_than_a_mebibyte_is_refused() =>
        Assert.Equal(ImageProblems.TextTooLarge, Code(Some.Svg(Credential.Replace("a.b.c", new string('a', ImageLimits.TextBytes + 1)))));

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.Equal(ImageProblems.TooDeep, Code(Some.Svg(string.Concat(Enumerable.Repeat("<g>", 100_000)))));

    [Fact]
    public void A_hundred_thousand_elements_are_refused() =>
        Assert.Equal(ImageProblems.TooManyParts, Code(Some.Svg(string.Concat(Enumerable.Repeat("<g/>", 100_000)))));

    [Fact]
    public void A_file_of_more_than_4_MiB_is_refused() =>
        Assert.Equal(ImageProblems.TooLarge, Code(Some.Svg(new string(' ', ImageLimits.SvgBytes))));

    [Fact]
    public void A_hundred_thousand_attributes_carry_no_badge()
    {
        var svg = Some.Svg($"<g {string.Concat(Enumerable.Range(0, 100_000).Select(i => $" a{i}=''"))}/>");

        var result = BadgeImage.Extract(Encoding.UTF8.GetBytes(svg));

        Assert.IsNotType<ExtractionResult.Found>(result);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'>&nbsp;</svg>")]
    [InlineData("<?xml version='1.0' encoding='no-such-thing'?><svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<?xml version='1.0' encoding='utf-7'?><svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/><svg/>")]
    public void What_is_not_well_formed_is_refused(string svg) => Assert.Equal(ImageProblems.NotWellFormed, Code(svg));

    [Theory]
    [InlineData("<html><svg xmlns='http://www.w3.org/2000/svg'/></html>")]
    [InlineData("<svg/>")]
    [InlineData("%PDF-1.7")]
    [InlineData("GIF89a")]
    [InlineData("")]
    public void What_is_no_picture_is_refused(string file) => Assert.Equal(ImageProblems.UnknownKind, Code(file));

    [Fact]
    public void Whatever_the_bytes_reading_never_throws()
    {
        var baked = Encoding.UTF8.GetBytes(Some.Svg(Credential));
        var mutated = Gen.Select(Gen.Int[0, baked.Length - 1], Gen.Byte, Gen.Int[0, baked.Length - 1], Gen.Byte)
            .Select((i, a, j, b) => { var copy = baked.ToArray(); copy[i] = a; copy[j] = b; return copy; });
        var cut = Gen.Int[0, baked.Length].Select(length => baked[..length]);

        Gen.OneOf(mutated, cut).Sample(
            file =>
            {
                Assert.NotNull(BadgeImage.Extract(file));
                Assert.NotNull(ArtCheck.Check(file));
            },
            iter: 20_000);
    }

    private static string Code(string svg) => Code(Encoding.UTF8.GetBytes(svg));

    private static string Code(byte[] file) => Assert.IsType<ExtractionResult.Refused>(BadgeImage.Extract(file)).Problem.Code;
}
