using System.Text;
using CitiesOfLearning.JsonLd.Rdf;
using CsCheck;

namespace CitiesOfLearning.JsonLd.Tests.Rdf;

public sealed class NQuadsParserTests
{
    [Fact]
    public void Each_kind_of_term_is_read_in_each_place()
    {
        var quads = NQuadsParser.Parse("""
            <urn:s> <urn:p> <urn:o> <urn:g> .
            _:s <urn:p> _:o _:g .
            <urn:s> <urn:p> "plain" .
            <urn:s> <urn:p> "Tŷ"@cy-GB .
            <urn:s> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> _:g .
            """);

        Assert.Equal(
            [
                new Quad(new Iri("urn:s"), new Iri("urn:p"), new Iri("urn:o"), new Iri("urn:g")),
                new Quad(new BlankNode("s"), new Iri("urn:p"), new BlankNode("o"), new BlankNode("g")),
                new Quad(new Iri("urn:s"), new Iri("urn:p"), new Literal("plain", Literal.XsdString)),
                new Quad(new Iri("urn:s"), new Iri("urn:p"), new Literal("Tŷ", Literal.LangString, "cy-GB")),
                new Quad(
                    new Iri("urn:s"), new Iri("urn:p"), new Literal("1", "http://www.w3.org/2001/XMLSchema#integer"), new BlankNode("g")),
            ],
            quads);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\n \t\n# nothing\n  # nothing\r")]
    public void A_document_may_say_nothing(string text) => Assert.Empty(NQuadsParser.Parse(text));

    [Theory]
    [InlineData("<urn:s><urn:p><urn:o>.")]
    [InlineData("  <urn:s>\t<urn:p>   <urn:o>\t.# why not\r")]
    [InlineData("\n\n<urn:s> <urn:p> <urn:o> . # <urn:a> <urn:b> <urn:c> .")]
    [InlineData("<urn:\\u0073> <urn:p> <\\U00000075rn:o> .")]
    public void White_space_comments_and_escapes_are_read_as_the_grammar_has_them(string text) =>
        Assert.Equal("<urn:s> <urn:p> <urn:o> .\n", NQuadsWriter.Write(Assert.Single(NQuadsParser.Parse(text))));

    [Theory]
    [InlineData("""\t\b\n\r\f\"\'\\""", "\t\b\n\r\f\"'\\")]
    [InlineData("""\u00e9\u00E9\U0001f600😀""", "éé😀😀")]
    [InlineData("<>{}|^` \u007f\u0001", "<>{}|^` \u007f\u0001")]
    public void A_string_is_what_its_escapes_mean(string written, string meant) =>
        Assert.Equal(meant, NQuadsParser.Parse($"<urn:s> <urn:p> \"{written}\" .")[0].Object.Value);

    [Theory]
    [InlineData("_:a.b", "a.b")]
    [InlineData("_:0", "0")]
    [InlineData("_::a", ":a")]
    [InlineData("_:_a-·\u0300\u203f", "_a-·\u0300\u203f")]
    [InlineData("_:ŷ", "ŷ")]
    [InlineData("_:\U00010000", "\U00010000")]
    public void A_label_may_have_what_the_grammar_has(string written, string label)
    {
        var quad = NQuadsParser.Parse($"{written} <urn:p> {written}.")[0];

        Assert.Equal((label, label), (quad.Subject.Value, quad.Object.Value));
    }

    [Theory]
    [InlineData("<urn:s> <urn:p> <urn:o>")]
    [InlineData("<urn:s> <urn:p> .")]
    [InlineData("<urn:s> <urn:p> <urn:o> <urn:g> <urn:x> .")]
    [InlineData("<urn:s> <urn:p> <urn:o> \"g\" .")]
    [InlineData("\"s\" <urn:p> <urn:o> .")]
    [InlineData("<urn:s> _:p <urn:o> .")]
    [InlineData("<urn:s> \"p\" <urn:o> .")]
    [InlineData("<urn:s> <urn:p> <urn:o> . <urn:s> <urn:p> <urn:o> .")]
    [InlineData("<urn:s> <urn:p>\n<urn:o> .")]
    [InlineData("@prefix a: <urn:a> .")]
    [InlineData("<s> <urn:p> <urn:o> .")]
    [InlineData("<> <urn:p> <urn:o> .")]
    [InlineData("<1:s> <urn:p> <urn:o> .")]
    [InlineData("</a:b> <urn:p> <urn:o> .")]
    [InlineData("<urn:a b> <urn:p> <urn:o> .")]
    [InlineData("<urn:a\\u0020b> <urn:p> <urn:o> .")]
    [InlineData("<urn:a\\u003Eb> <urn:p> <urn:o> .")]
    [InlineData("<urn:a\\nb> <urn:p> <urn:o> .")]
    [InlineData("<urn:a{b}> <urn:p> <urn:o> .")]
    [InlineData("<urn:s")]
    [InlineData("<urn:s\\")]
    [InlineData("<urn:s\\u00")]
    [InlineData("<urn:s> <urn:p> \"a")]
    [InlineData("<urn:s> <urn:p> \"a\\")]
    [InlineData("<urn:s> <urn:p> \"a\n\" .")]
    [InlineData("<urn:s> <urn:p> \"\\x\" .")]
    [InlineData("<urn:s> <urn:p> \"\\u12g4\" .")]
    [InlineData("<urn:s> <urn:p> \"\\u+123\" .")]
    [InlineData("<urn:s> <urn:p> \"\\uD83D\\uDE00\" .")]
    [InlineData("<urn:s> <urn:p> \"\\U00110000\" .")]
    [InlineData("<urn:s> <urn:p> \"a\"@ .")]
    [InlineData("<urn:s> <urn:p> \"a\"@1 .")]
    [InlineData("<urn:s> <urn:p> \"a\"@en- .")]
    [InlineData("<urn:s> <urn:p> \"a\"@en--gb .")]
    [InlineData("<urn:s> <urn:p> \"a\"^<urn:d> .")]
    [InlineData("<urn:s> <urn:p> \"a\"^^ .")]
    [InlineData("<urn:s> <urn:p> \"a\"^^_:d .")]
    [InlineData("<urn:s> <urn:p> 'a' .")]
    [InlineData("<urn:s> <urn:p> 1 .")]
    [InlineData("_: <urn:p> <urn:o> .")]
    [InlineData("_:-a <urn:p> <urn:o> .")]
    [InlineData("_:.a <urn:p> <urn:o> .")]
    [InlineData("_:× <urn:p> <urn:o> .")]
    [InlineData("_ :a <urn:p> <urn:o> .")]
    [InlineData("\ufeff<urn:s> <urn:p> <urn:o> .")]
    public void What_the_grammar_has_not_is_refused_with_its_line(string text)
    {
        var refusal = Assert.Throws<NQuadsException>(() => NQuadsParser.Parse($"<urn:s> <urn:p> <urn:o> .\r\n# two\n\r{text}"));

        Assert.Equal(4, refusal.Line);
    }

    [Theory]
    [InlineData("<urn:s> <urn:p> \"\xff\" .")]
    [InlineData("<urn:\xc3> <urn:p> <urn:o> .")]
    [InlineData("_:a\xed\xa0\x80 <urn:p> <urn:o> .")]
    [InlineData("# \xff")]
    public void Bytes_that_are_not_UTF_8_are_refused(string latin1) =>
        Assert.Throws<NQuadsException>(() => NQuadsParser.Parse(Encoding.Latin1.GetBytes(latin1)));

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused() =>
        Assert.Throws<NQuadsException>(() => NQuadsParser.Parse("<urn:s> <urn:p> \"\ud800\" ."));

    [Fact]
    public void A_document_has_a_greatest_length()
    {
        var document = Encoding.UTF8.GetBytes("<urn:s> <urn:p> <urn:o> .");

        Assert.Single(NQuadsParser.Parse(document, document.Length));
        Assert.Throws<NQuadsException>(() => NQuadsParser.Parse(document, document.Length - 1));
    }

    [Fact]
    public void What_is_written_is_read_back_as_it_was()
    {
        var text = Gen
            .OneOf(Gen.String, Gen.Char["\t\r\n\"\\'<>\u007f\u0000é～"].Array.Select(c => new string(c)))
            .Where(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t)) == t);
        var iri = Gen.Char["abcXYZ019:/?#[]@!$&'()*+,;=%-._~éŷ"].Array[0, 20].Select(c => (RdfTerm)new Iri("urn:" + new string(c)));
        var node = Gen.Char["abc019_"].Array[1, 5].Select(c => (RdfTerm)new BlankNode(new string(c)));
        var literal = Gen.Select(
            text,
            Gen.OneOf(Literal.XsdString, "urn:d"),
            Gen.OneOf<string?>(null, "cy", "en-GB-x-1"),
            (t, d, l) => (RdfTerm)new Literal(t, l is null ? d : Literal.LangString, l));
        var subject = Gen.OneOf(iri, node);

        Gen.Select(subject, iri, Gen.OneOf(iri, node, literal), Gen.OneOf(subject.Select(s => (RdfTerm?)s), Gen.Const((RdfTerm?)null)))
            .Select((s, p, o, g) => new Quad(s, (Iri)p, o, g)).Array[0, 5]
            .Sample(quads => NQuadsParser.Parse(NQuadsWriter.WriteUtf8(quads)).SequenceEqual(quads), iter: 2000);
    }

    [Fact]
    public void Whatever_the_bytes_they_are_read_or_refused()
    {
        Gen.Byte.Array.Sample(IsReadOrRefused, iter: 5000);
        Gen.OneOf("<urn:s>", "<", ">", "_:a", "_", "\"", "\\", "\\u00e9", "\\U0001", ".", " ", "\n", "@en", "^^", "-", "#", "é", "\ud800")
            .Array[0, 12].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts))).Sample(IsReadOrRefused, iter: 20_000);

        static bool IsReadOrRefused(byte[] bytes) => Record.Exception(() => NQuadsParser.Parse(bytes)) is null or NQuadsException;
    }
}
