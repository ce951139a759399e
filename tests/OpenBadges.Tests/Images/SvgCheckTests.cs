using System.Text;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Images;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.OpenBadges.Tests.Images;

/// <summary>Row 9 of the list of what goes wrong: what a city's SVG art may not hold, because the hub serves it.</summary>
public sealed class SvgCheckTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "OpenBadges.Tests", "Images", "Exports");

    public static TheoryData<string> Exports =>
        [.. Directory.GetFiles(Folder, "*.svg").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Ordinary_art_is_clean()
    {
        var checkedArt = Check("""
            <title>Tide pool</title><desc>A crab (small)</desc>
            <style>.a { fill: url(#sea); transform: rotate(3deg) } .b:not(.a) { stroke: rgb(1, 2, 3) }</style>
            <defs>
              <linearGradient id="sea" gradientTransform="rotate(90)"><stop offset="0" stop-color="#036"/></linearGradient>
              <filter id="f"><feGaussianBlur stdDeviation="2"/></filter>
              <path id="shell" d="M0 0L10 10z"/>
            </defs>
            <g id="g1" class="a" transform="translate(1,2) scale(2)" style="filter:url('#f')" aria-label="crab (small)">
              <use xlink:href="#shell" xmlns:xlink="http://www.w3.org/1999/xlink"/><use href="#shell"/>
              <text x="1" y="2" font-family="serif">Plymouth <tspan>2026</tspan></text>
              <image width="1" height="1" href="data:image/png;base64,iVBORw0KGgo="/>
            </g>
            """);

        Assert.Empty(checkedArt.Problems);
        Assert.True(checkedArt.IsClean);
        Assert.Equal("image/svg+xml", checkedArt.MediaType);
        Assert.Equal((100, 100), (checkedArt.Width, checkedArt.Height));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<script href='https://example.org/x.js'/>")]
    [InlineData("<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script>")]
    [InlineData("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>")]
    [InlineData("<g onclick='alert(1)'/>")]
    [InlineData("<g onload='alert(1)'/>")]
    [InlineData("<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='https://example.org'/></foreignObject>")]
    [InlineData("<a href='javascript:alert(1)'><text>click</text></a>")]
    [InlineData("<animate attributeName='href' values='javascript:alert(1)'/>")]
    [InlineData("<set attributeName='onclick' to='alert(1)'/>")]
    [InlineData("<handler xmlns='http://www.w3.org/2001/xml-events'/>")]
    [InlineData("<filter><feImage href='#a'/></filter>")]
    [InlineData("<g xml:base='https://example.org/'/>")]
    [InlineData("<?xml-stylesheet href='https://example.org/x.css'?>")]
    [InlineData("<use id='a' href='#b'/><g id='b'><use href='#c'/></g>")]
    [InlineData("<metadata><script>alert(1)</script></metadata>")]
    [InlineData("<metadata><h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script></metadata>")]
    [InlineData("<i:pgf xmlns:i='http://ns.adobe.com/AdobeIllustrator/10.0/' onload='alert(1)'/>")]
    [InlineData("<x:note xmlns:x='https://example.org/whatever'/>")]
    [InlineData("<switch><foreignObject requiredExtensions='x'/></switch>")]
    public void What_could_run_move_link_or_multiply_is_refused(string content) =>
        Assert.Contains(Check(content).Problems, p => p.Code == ImageProblems.NotAllowed);

    [Theory]
    [InlineData("<image href='https://example.org/pixel.png'/>")]
    [InlineData("<image href='//example.org/pixel.png'/>")]
    [InlineData("<image href='data:image/svg+xml;base64,PHN2Zy8+'/>")]
    [InlineData("<image href='data:text/html,x'/>")]
    [InlineData("<image xlink:href='pixel.png' xmlns:xlink='http://www.w3.org/1999/xlink'/>")]
    [InlineData("<use href='https://example.org/x.svg#a'/>")]
    [InlineData("<use href='data:image/png;base64,AAAA'/>")]
    [InlineData("<use href=' javascript:alert(1)'/>")]
    [InlineData("<rect fill='url(https://example.org/x.svg#a)'/>")]
    [InlineData("<rect fill='URL( \"https://example.org/x\" )'/>")]
    [InlineData("<rect style='background:image-set(\"https://example.org/x\" 1x)'/>")]
    [InlineData("<rect style='fill:u\\72l(https://example.org/x)'/>")]
    [InlineData("<rect style='behavior:expression(alert(1))'/>")]
    [InlineData("<style>@import 'https://example.org/x.css';</style>")]
    [InlineData("<style><![CDATA[@font-face { font-family: x; src: url(x.woff) }]]></style>")]
    [InlineData("<style>.a { fill: url(#a) url(https://example.org) }</style>")]
    [InlineData("<style>.a { fill: url(/**/https://example.org) }</style>")]
    [InlineData("<style>.a { fill: url<!-- -->(https://example.org) }</style>")]
    [InlineData("<style>.a { fill: url<![CDATA[(https://example.org)]]> }</style>")]
    [InlineData("<style><title/>.a { fill: url(https://example.org) }</style>")]
    [InlineData("<style><title>t</title>.a { fill: url(https://example.org) }</style>")]
    public void What_refers_outside_the_file_is_refused(string content) =>
        Assert.Contains(Check(content).Problems, p => p.Code == ImageProblems.ExternalReference);

    [Fact]
    public void The_steward_reads_the_line_and_what_is_wrong_for_each_problem()
    {
        var problems = Check("\n<g onclick='x'/>\n<script/>").Problems;

        Assert.Equal(
            [
                "Line 3: the SVG has onclick on <g>, which a badge's picture may not have. ",
                "Line 4: the SVG has an element <script>, which a badge's picture may not have. ",
            ],
            problems.Select(p => p.Reason[..(p.Reason.IndexOf("have. ") + 6)]));
        Assert.All(problems, p => Assert.Contains("Save it as plain SVG: in Inkscape as \"Plain SVG\"", p.Reason));
    }

    [Theory]
    [MemberData(nameof(Exports))]
    public void What_drawing_programs_write_is_clean_and_can_be_baked(string program)
    {
        var svg = File.ReadAllBytes(Path.Combine(Folder, program + ".svg"));

        Assert.Empty(ArtCheck.Check(svg).Problems);
        var baked = SvgBaker.Bake(svg, "a.b.c"u8);
        Assert.True(((ExtractionResult.Found)BadgeImage.Extract(baked)).Picture.Is(svg));
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>", "Preserve Illustrator Editing Capabilities")]
    [InlineData("<!DOCTYPE svg [<!ENTITY ns_ai 'http://ns.adobe.com/AdobeIllustrator/'>]>", "Preserve Illustrator Editing Capabilities")]
    public void What_a_doctype_declares_is_refused_with_advice(string doctype, string advice)
    {
        var svg = Encoding.UTF8.GetBytes(doctype + "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>");
        var problem = Assert.Single(ArtCheck.Check(svg).Problems);

        Assert.Equal(ImageProblems.Doctype, problem.Code);
        Assert.Contains(advice, problem.Reason);
    }

    [Theory]
    [InlineData("<foreignObject/>", "Preserve Illustrator Editing Capabilities")]
    [InlineData("<flowRoot/>", "Convert to Text")]
    [InlineData("<style>@import url('https://fonts.example/x.css');</style>", "Create Outlines")]
    [InlineData("<image href='photo.png'/>", "Embed pictures")]
    public void The_advice_names_what_to_press(string content, string advice) =>
        Assert.Contains(advice, Assert.Single(Check(content).Problems).Reason);

    [Fact]
    public void A_hostile_file_gets_a_short_report() =>
        Assert.InRange(
            Check(string.Concat(Enumerable.Repeat($"<{new string('x', 500)}/>", 5_000))).Problems.Sum(p => p.Reason.Length), 1, 10_000);

    [Fact]
    public void More_than_500_copies_are_refused() =>
        Assert.Contains(
            Check("<g id='a'/>" + string.Concat(Enumerable.Repeat("<use href='#a'/>", 501))).Problems,
            p => p.Code == ImageProblems.TooManyParts);

    [Fact]
    public void Only_utf_8_is_served()
    {
        var svg = Some.Svg();

        byte[][] others =
        [
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(svg.Replace("UTF-8", "UTF-16"))],
            Encoding.Unicode.GetBytes(svg.Replace("UTF-8", "UTF-16")),
            Encoding.Latin1.GetBytes(svg.Replace("UTF-8", "ISO-8859-1")),
            [.. Encoding.UTF8.GetBytes(svg.Replace("</svg>", "<!--")), 0xFF, .. "--></svg>"u8],
        ];

        Assert.All(others, file => Assert.Contains(ArtCheck.Check(file).Problems, p => p.Code == ImageProblems.Encoding));
    }

    [Fact]
    public void Art_that_already_carries_a_credential_is_refused() =>
        Assert.False(ArtCheck.Check(SvgBaker.Bake(Encoding.UTF8.GetBytes(Some.Svg()), "a.b.c"u8)).IsClean);

    [Theory]
    [InlineData("width='5000' height='10'", ImageProblems.Dimensions)]
    [InlineData("width='10' height='4097px'", ImageProblems.Dimensions)]
    [InlineData("width='4096' height='4096'", null)]
    [InlineData("viewBox='0 0 100000 100000'", null)]
    [InlineData("width='100%'", null)]
    public void Its_size_is_limited(string attributes, string? code)
    {
        var art = ArtCheck.Check(Encoding.UTF8.GetBytes($"<svg xmlns='http://www.w3.org/2000/svg' {attributes}><g/></svg>"));

        Assert.Equal(code, art.Problems.SingleOrDefault()?.Code);
    }

    private static CheckedArt Check(string content) => ArtCheck.Check(Encoding.UTF8.GetBytes(Some.Svg(content)));
}
