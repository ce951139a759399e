using System.Text;

namespace CitiesOfLearning.JsonLd.Tests.ToRdf;

/// <summary>https://www.w3.org/TR/vc-di-ecdsa/#skolemizecompactjsonld</summary>
public sealed class SkolemizationTests
{
    private static readonly JsonLdProcessor Processor = new(Ld.NoContexts);

    [Theory]
    [InlineData("{'urn:p':'x'}", "{'@id':'urn:bnid:b0','urn:p':'x'}")]
    [InlineData(
        "{ 'urn:p' : [ { 'urn:q' : { } }, { } ] }",
        "{'@id':'urn:bnid:b0', 'urn:p' : [ {'@id':'urn:bnid:b1', 'urn:q' : {'@id':'urn:bnid:b2' } }, {'@id':'urn:bnid:b3' } ] }")]
    [InlineData("{'@id':'urn:s','urn:p':{'@id':'_:n'}}", "{'@id':'urn:s','urn:p':{'@id':'_:n'}}")]
    [InlineData(
        "{'@context':{'p':{'@id':'urn:p','@type':'@json'}},'@id':'urn:s','p':{'a':{}}}",
        "{'@context':{'p':{'@id':'urn:p','@type':'@json'}},'@id':'urn:s','p':{'a':{}}}")]
    [InlineData("{'@graph':[{'urn:p':'x'}]}", "{'@graph':[{'@id':'urn:bnid:b0','urn:p':'x'}]}")]
    [InlineData(
        "{'@id':'urn:s','urn:p':{'@value':'x'},'urn:q':{'@list':[{}]}}",
        "{'@id':'urn:s','urn:p':{'@value':'x'},'urn:q':{'@list':[{'@id':'urn:bnid:b1'}]}}")]
    public void Each_node_without_an_id_is_given_one_and_nothing_else_changes(string document, string expected) =>
        Assert.Equal(expected, Skolemized(document));

    [Fact]
    public void The_statements_are_the_same_once_the_addresses_are_blank_nodes_again()
    {
        const string Document = "{'urn:p':[{'urn:q':'x'},{'@graph':[{'urn:r':{}}]}],'@type':'urn:T'}";
        using var skolemized = Ld.Parse(Skolemized(Document));

        var quads = Skolemization.Deskolemize(Processor.ToRdf(skolemized.RootElement));

        using var original = Ld.Parse(Document);
        Assert.Equal(Processor.ToRdf(original.RootElement), quads);
    }

    [Fact]
    public void A_graph_that_only_a_term_makes_has_no_place_for_an_id()
    {
        var refusal = Assert.Throws<JsonLdException>(
            () => Skolemized("{'@context':{'p':{'@id':'urn:p','@container':'@graph'}},'@id':'urn:s','p':{'@id':'urn:o','urn:q':'x'}}"));

        Assert.Equal(JsonLdErrors.InvalidIdValue, refusal.Code);
    }

    [Fact]
    public void A_document_cannot_use_such_an_address_itself_for_it_would_be_taken_for_another_node()
    {
        var refusal = Assert.Throws<JsonLdException>(() => Skolemized("{'urn:p':{'@id':'urn:bnid:b0'}}"));

        Assert.Equal(JsonLdErrors.InvalidIdValue, refusal.Code);
    }

    private static string Skolemized(string document)
    {
        using var input = Ld.Parse(document);
        return Encoding.UTF8.GetString(Skolemization.Skolemize(Processor, input.RootElement)).Replace('"', '\'');
    }
}
