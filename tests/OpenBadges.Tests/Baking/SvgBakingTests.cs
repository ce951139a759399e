using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.Tests.Support;
using CsCheck;

namespace CitiesOfLearning.OpenBadges.Tests.Baking;

public sealed class SvgBakingTests
{
    [Fact]
    public void Other_line_ends_do_not_make_it_another_picture_and_another_word_does()
    {
        var art = Some.Svg("<title>\nCrab\n</title>").ReplaceLineEndings("\n");
        var baked = Encoding.UTF8.GetString(SvgBaker.Bake(Encoding.UTF8.GetBytes(art), "a.b.c"u8));

        Assert.True(Is(baked.ReplaceLineEndings("\r\n")));
        Assert.False(Is(baked.ReplaceLineEndings("\r\n").Replace("Crab", "Cray")));
        Assert.False(Is(baked.ReplaceLineEndings(" ")));

        bool Is(string file) =>
            ((ExtractionResult.Found)BadgeImage.Extract(Encoding.UTF8.GetBytes(file))).Picture.Is(Encoding.UTF8.GetBytes(art));
    }

    private static readonly XNamespace OpenBadges = "https://purl.imsglobal.org/ob/v3p0";

    [Fact]
    public void A_jws_becomes_the_verify_attribute_of_the_first_child()
    {
        var baked = SvgBaker.Bake(Bytes(Some.Svg()), "header.payload.signature"u8);

        var root = XDocument.Load(new MemoryStream(baked)).Root!;
        var first = Assert.IsType<XElement>(root.FirstNode);
        Assert.Equal(OpenBadges + "credential", first.Name);
        Assert.Equal("header.payload.signature", first.Attribute("verify")!.Value);
        Assert.Equal(OpenBadges.NamespaceName, root.Attribute(XNamespace.Xmlns + "openbadges")!.Value);
    }

    [Fact]
    public void Json_becomes_cdata_without_a_verify_attribute()
    {
        var baked = SvgBaker.Bake(Bytes(Some.Svg()), """{"name":"<Dŵr> & ]]>"}"""u8);

        var first = Assert.IsType<XElement>(XDocument.Load(new MemoryStream(baked)).Root!.FirstNode);
        Assert.All(first.Nodes(), node => Assert.IsType<XCData>(node));
        Assert.Equal("""{"name":"<Dŵr> & ]]>"}""", first.Value);
        Assert.Null(first.Attribute("verify"));
    }

    [Fact]
    public void What_is_baked_in_comes_out_as_it_was_and_leaves_the_art_untouched()
    {
        var texts = Gen.String.Where(t => t.Length > 0 && t == t.Trim() && t.All(XmlConvert.IsXmlChar));
        Gen.Select(texts, Gen.Bool).Sample((text, json) =>
        {
            // An XML parser reads CR as LF, which JSON does not mind.
            var credential = Bytes(json ? "{" + text.Replace('\r', '\n') + "}" : text);
            var art = Bytes(Some.Svg());

            var found = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(SvgBaker.Bake(art, credential)));

            Assert.Equal(Encoding.UTF8.GetString(credential), Encoding.UTF8.GetString(found.UnverifiedCredential.Span));
            Assert.Equal(art, found.Picture.ToArray());
            Assert.Equal(SHA256.HashData(art), found.Picture.Sha256());
        });
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>")]
    [InlineData("<!-- <svg> --><?tool <svg>?>\r\n<svg xmlns=\"http://www.w3.org/2000/svg\" aria-label=\"a > b\"\n><g/></svg>")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?><s:svg xmlns:s='http://www.w3.org/2000/svg'><s:g/></s:svg>")]
    public void Art_in_any_layout_can_be_baked(string svg)
    {
        var found = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(SvgBaker.Bake(Bytes(svg), "a.b.c"u8)));

        Assert.Equal("a.b.c"u8.ToArray(), found.UnverifiedCredential.ToArray());
        Assert.Equal(Bytes(svg), found.Picture.ToArray());
    }

    [Fact]
    public void Baking_again_replaces_the_credential()
    {
        var art = Bytes(Some.Svg());

        var twice = SvgBaker.Bake(SvgBaker.Bake(art, "{\"old\":1}"u8), "a.b.c"u8);

        Assert.Equal(SvgBaker.Bake(art, "a.b.c"u8), twice);
    }

    [Theory]
    [InlineData("\"/>", "\" onload=\"x\"/>")]
    [InlineData("\"/>", "\"><s:rect xmlns:s='http://www.w3.org/2000/svg'/></openbadges:credential><path d=\"\"/>")]
    [InlineData(" width=", " transform=\"scale(0)\" width=")]
    public void What_is_hidden_beside_the_credential_changes_the_picture_digest(string before, string after)
    {
        var art = Bytes(Some.Svg());
        var baked = Encoding.UTF8.GetString(SvgBaker.Bake(art, "a.b.c"u8));
        var at = baked.IndexOf(before, StringComparison.Ordinal);
        var tampered = Bytes(baked[..at] + after + baked[(at + before.Length)..]);

        var found = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(tampered));

        Assert.Equal("a.b.c"u8.ToArray(), found.UnverifiedCredential.ToArray());
        Assert.NotEqual(SHA256.HashData(art), found.Picture.Sha256());
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:openbadges='http://openbadges.org'><openbadges:assertion verify='a.b.c'/></svg>")]
    [InlineData("<html/>")]
    public void Art_that_cannot_take_a_credential_is_an_error(string svg) =>
        Assert.Throws<ArgumentException>(() => SvgBaker.Bake(Bytes(svg), "a.b.c"u8));

    [Theory]
    [InlineData(
        "<o:credential xmlns:o='https://purl.imsglobal.org/ob/v3p0' verify='a.b.c'></o:credential>", "a.b.c", BakedForm.OpenBadges3)]
    [InlineData(
        "<o:credential xmlns:o='https://purl.imsglobal.org/ob/v3p0'>\n <![CDATA[ {\"a\":1}\n]]>\n</o:credential>",
        "{\"a\":1}",
        BakedForm.OpenBadges3)]
    [InlineData(
        "<o:credential xmlns:o='https://purl.imsglobal.org/ob/v3p0' verify=''><![CDATA[{}]]></o:credential>", "{}", BakedForm.OpenBadges3)]
    [InlineData(
        "<o:assertion xmlns:o='http://openbadges.org' verify='https://example.org/1'/>", "https://example.org/1", BakedForm.OpenBadges2)]
    [InlineData(
        "<g><o:assertion xmlns:o='http://openbadges.org'>{&quot;a&quot;:1}</o:assertion></g><text>no</text>",
        "{\"a\":1}",
        BakedForm.OpenBadges2)]
    public void What_others_baked_is_found(string element, string text, BakedForm form)
    {
        var file = Bytes(Some.Svg("<title>Badge</title>" + element));

        var found = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(file));

        Assert.Equal(text, Encoding.UTF8.GetString(found.UnverifiedCredential.Span));
        Assert.Equal(form, found.Form);
        Assert.Equal(file, found.Picture.ToArray());
    }

    [Fact]
    public void Utf_16_is_read()
    {
        var svg = Some.Svg("<o:credential xmlns:o='https://purl.imsglobal.org/ob/v3p0' verify='a.b.c'/>").Replace("UTF-8", "UTF-16");

        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            byte[] file = [.. encoding.GetPreamble(), .. encoding.GetBytes(svg)];
            var found = Assert.IsType<ExtractionResult.Found>(BadgeImage.Extract(file));
            Assert.Equal("a.b.c"u8.ToArray(), found.UnverifiedCredential.ToArray());
        }
    }

    [Fact]
    public void An_svg_without_credential_is_not_baked()
    {
        var file = Bytes(Some.Svg("<credential verify='a.b.c'/><o:credential xmlns:o='https://example.org/' verify='a.b.c'/>"));

        Assert.Equal(file, Assert.IsType<ExtractionResult.NotBaked>(BadgeImage.Extract(file)).Picture.ToArray());
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
