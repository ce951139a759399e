using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.Tests.Rdf;

public sealed class NQuadsWriterTests
{
    [Fact]
    public void A_quad_is_written_with_one_space_between_its_terms()
    {
        var quad = new Quad(
            new BlankNode("b0"), new Iri("http://schema.org/name"), new Literal("Tŷ", Literal.LangString, "cy"), new Iri("urn:g"));

        Assert.Equal("_:b0 <http://schema.org/name> \"Tŷ\"@cy <urn:g> .\n", NQuadsWriter.Write(quad));
    }

    [Theory]
    [InlineData("\b\t\n\f\r\"\\", """\b\t\n\f\r\"\\""")]
    [InlineData("\u0000\u001f\u007f", """\u0000\u001F\u007F""")]
    [InlineData("é😀 '<>", "é😀 '<>")]
    public void A_literal_escapes_what_must_be_and_nothing_else(string value, string written) =>
        Assert.Equal($"\"{written}\"", NQuadsWriter.Write(new Literal(value, Literal.XsdString)));

    [Fact]
    public void A_document_is_one_line_for_each_quad_in_UTF_8() =>
        Assert.Equal(
            "<urn:s> <urn:p> \"Tŷ\" .\n_:a <urn:p> _:b _:g .\n"u8,
            NQuadsWriter.WriteUtf8(
            [
                new Quad(new Iri("urn:s"), new Iri("urn:p"), new Literal("Tŷ", Literal.XsdString)),
                new Quad(new BlankNode("a"), new Iri("urn:p"), new BlankNode("b"), new BlankNode("g")),
            ]));

    public static TheoryData<RdfTerm> TermsThatCouldPassForAnother => [.. Invalid];

    private static readonly RdfTerm[] Invalid =
    [
        new Iri("urn:a> <urn:p> <urn:b"),
        new Iri("urn:a b"),
        new Iri("urn:a\nb"),
        new Iri("urn:a\\u0062"),
        new Iri("urn:\ud800"),
        new Literal("\udc00", Literal.XsdString),
        new Literal("a", "urn:d> <urn:g"),
        new Literal("a", Literal.LangString, "en> ."),
        new Literal("a", Literal.LangString, ""),
    ];

    [Theory]
    [MemberData(nameof(TermsThatCouldPassForAnother), DisableDiscoveryEnumeration = true)]
    public void A_term_that_could_pass_for_another_is_refused(RdfTerm term)
    {
        var refusal = Assert.Throws<JsonLdException>(() => NQuadsWriter.Write(new Quad(new Iri("urn:s"), new Iri("urn:p"), term)));

        Assert.Equal(NQuadsWriter.InvalidTerm, refusal.Code);
    }
}
