namespace CitiesOfLearning.JsonLd.Tests.ToRdf;

/// <summary>https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion and #data-round-tripping.</summary>
public sealed class LiteralTests
{
    private const string Xsd = "http://www.w3.org/2001/XMLSchema#";
    private const string RdfJson = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";

    [Theory]
    [InlineData("'x'", "'x'")]
    [InlineData("''", "''")]
    [InlineData("{'@value':'x','@language':'EN-gb'}", "'x'@en-gb")]
    [InlineData("{'@value':'x','@type':'urn:dt'}", "'x'^^<urn:dt>")]
    [InlineData("{'@value':'x','@type':'" + Xsd + "string'}", "'x'")]
    [InlineData("'é😀\\u0000\\n'", "'é😀\\u0000\\n'")]
    public void A_string_is_a_literal(string value, string literal) => IsLiteral(value, literal);

    [Theory]
    [InlineData("true", "'true'^^<" + Xsd + "boolean>")]
    [InlineData("false", "'false'^^<" + Xsd + "boolean>")]
    [InlineData("{'@value':true,'@type':'urn:dt'}", "'true'^^<urn:dt>")]
    public void A_boolean_is_a_literal(string value, string literal) => IsLiteral(value, literal);

    [Theory]
    [InlineData("5", "'5'^^<" + Xsd + "integer>")]
    [InlineData("-5", "'-5'^^<" + Xsd + "integer>")]
    [InlineData("0", "'0'^^<" + Xsd + "integer>")]
    [InlineData("-0", "'0'^^<" + Xsd + "integer>")]
    [InlineData("5.0", "'5'^^<" + Xsd + "integer>")]
    [InlineData("5e3", "'5000'^^<" + Xsd + "integer>")]
    [InlineData("100000000000000000000", "'100000000000000000000'^^<" + Xsd + "integer>")]
    [InlineData("1e21", "'1.0E21'^^<" + Xsd + "double>")]
    [InlineData("5.5", "'5.5E0'^^<" + Xsd + "double>")]
    [InlineData("-0.25", "'-2.5E-1'^^<" + Xsd + "double>")]
    [InlineData("1e-7", "'1.0E-7'^^<" + Xsd + "double>")]
    [InlineData("0.1", "'1.0E-1'^^<" + Xsd + "double>")]
    [InlineData("123456789.125", "'1.23456789125E8'^^<" + Xsd + "double>")]
    [InlineData("{'@value':5,'@type':'" + Xsd + "double'}", "'5.0E0'^^<" + Xsd + "double>")]
    [InlineData("{'@value':5,'@type':'urn:dt'}", "'5'^^<urn:dt>")]
    [InlineData("{'@value':5.5,'@type':'urn:dt'}", "'5.5E0'^^<urn:dt>")]
    public void A_number_is_an_integer_if_it_has_no_fraction_and_else_a_double(string value, string literal) => IsLiteral(value, literal);

    [Theory]
    [InlineData("{'b':1.0,'a':[null,'é']}", "{\\'a\\':[null,\\'é\\'],\\'b\\':1}")]
    [InlineData("null", "null")]
    [InlineData("1e2", "100")]
    [InlineData("'x\\n'", "\\'x\\\\n\\'")]
    [InlineData("[]", "[]")]
    public void A_JSON_literal_is_written_in_canonical_JSON(string value, string canonical) =>
        IsLiteral($"{{'@type':'@json','@value':{value}}}", $"'{canonical}'^^<{RdfJson}>");

    [Theory]
    [InlineData("{'@value':'x','@direction':'rtl'}", "'x'^^<https://www.w3.org/ns/i18n#_rtl>")]
    [InlineData("{'@value':'x','@direction':'ltr','@language':'AR-eg'}", "'x'^^<https://www.w3.org/ns/i18n#ar-eg_ltr>")]
    public void A_direction_may_be_a_datatype(string value, string literal) => IsLiteral(value, literal, RdfDirection.I18nDatatype);

    [Fact]
    public void A_direction_may_be_a_node_of_its_own()
    {
        const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

        var compound = Ld.Safe with { RdfDirection = RdfDirection.CompoundLiteral };

        var nquads = Ld.ToRdf("{'@id':'urn:s','urn:p':{'@value':'x','@direction':'rtl','@language':'ar'}}", compound);

        Assert.Equal($"_:b0 <{Rdf}value> 'x' . _:b0 <{Rdf}direction> 'rtl' . _:b0 <{Rdf}language> 'ar' . <urn:s> <urn:p> _:b0 .", nquads);
    }

    [Fact]
    public void Without_safe_mode_a_direction_that_RDF_has_no_place_for_is_left_out() =>
        Assert.Equal(
            "<urn:s> <urn:p> 'x'@ar . <urn:s> <urn:p> 'y' .",
            Ld.ToRdf(
                "{'@id':'urn:s','urn:p':[{'@value':'x','@direction':'rtl','@language':'ar'},{'@value':'y','@direction':'rtl'}]}",
                Ld.Unsafe));

    private static void IsLiteral(string value, string literal, RdfDirection direction = RdfDirection.None) =>
        Assert.Equal(
            $"<urn:s> <urn:p> {literal} .",
            Ld.ToRdf($"{{'@id':'urn:s','urn:p':{value}}}", Ld.Safe with { RdfDirection = direction }));
}
