using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.Tests.Rdf;

public sealed class NQuadsWriterTests
{
    [Fact]
    public void A_quad_is_written_with_one_space_between_its_terms()
    {
        var quad = new Quad(new BlankNode("b0"), new Iri("http://schema.org/name"), new Literal("Tŷ", Literal.LangString, "cy"), new Iri("urn:g"));

        Assert.Equal("_:b0 <http://schema.org/name> \"Tŷ\"@cy <urn:g> .\n", NQuadsWriter.Write(quad));
    }

    [Theory]
    [InlineData("\b\t\n\f\r\"\\", """\b\t\n\f\r\"\\""")]
    [InlineData("\u0000\u001f\u007f", """\u0000\u001F\u007F""")]
    [InlineData("é😀 '<>", "é😀 '<>")]
    public void A_literal_escapes_what_must_be_and_nothing_else(string value, string written) =>
        Assert.Equal($"\"{written}\"", NQuadsWriter.Write(new Literal(value, Literal.XsdString)));
}
