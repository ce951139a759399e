namespace CitiesOfLearning.JsonLd.Tests.ToRdf;

/// <summary>https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm</summary>
public sealed class StatementTests
{
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    [Theory]
    [InlineData("{'@id':'urn:s','urn:p':{'@id':'urn:o'}}", "<urn:s> <urn:p> <urn:o> .")]
    [InlineData("{'urn:p':{'urn:q':'x'}}", "_:b1 <urn:q> 'x' . _:b0 <urn:p> _:b1 .")]
    [InlineData("{'@id':'_:n','urn:p':{'@id':'_:n'}}", "_:xn <urn:p> _:xn .")]
    [InlineData("{'@id':'_:b0','urn:p':{}}", "_:xb0 <urn:p> _:b0 .")]
    [InlineData("{'@id':'_:a b','urn:p':{'@id':'_:a b'}}", "_:b0 <urn:p> _:b0 .")]
    [InlineData("{'@id':'urn:s','@type':['urn:T','_:t']}", "<urn:s> <" + Rdf + "type> <urn:T> . <urn:s> <" + Rdf + "type> _:xt .")]
    [InlineData("{'@id':'urn:s','urn:p':['x','x']}", "<urn:s> <urn:p> 'x' . <urn:s> <urn:p> 'x' .")]
    [InlineData("{'@id':'urn:s','urn:p':[]}", "")]
    public void A_property_of_a_node_is_a_statement(string document, string nquads) => Assert.Equal(nquads, Ld.ToRdf(document));

    [Theory]
    [InlineData("[]", "<urn:s> <urn:p> <" + Rdf + "nil> .")]
    [InlineData(
        "['x','y']",
        "_:b0 <" + Rdf + "first> 'x' . _:b0 <" + Rdf + "rest> _:b1 . "
        + "_:b1 <" + Rdf + "first> 'y' . _:b1 <" + Rdf + "rest> <" + Rdf + "nil> . <urn:s> <urn:p> _:b0 .")]
    [InlineData("[[]]", "_:b0 <" + Rdf + "first> <" + Rdf + "nil> . _:b0 <" + Rdf + "rest> <" + Rdf + "nil> . <urn:s> <urn:p> _:b0 .")]
    public void A_list_is_a_chain_of_nodes(string items, string nquads) =>
        Assert.Equal(nquads, Ld.ToRdf($"{{'@context':{{'p':{{'@id':'urn:p','@container':'@list'}}}},'@id':'urn:s','p':{items}}}"));

    [Theory]
    [InlineData("{'@id':'urn:g','@graph':[{'@id':'urn:s','urn:p':'x'}]}", "<urn:s> <urn:p> 'x' <urn:g> .")]
    [InlineData("{'@id':'urn:g','urn:q':'y','@graph':{'@id':'urn:s','urn:p':'x'}}", "<urn:g> <urn:q> 'y' . <urn:s> <urn:p> 'x' <urn:g> .")]
    [InlineData("{'@id':'urn:s','urn:p':{'@graph':[{'@id':'urn:t','urn:q':'x'}]}}", "<urn:t> <urn:q> 'x' _:b0 . <urn:s> <urn:p> _:b0 .")]
    [InlineData("{'@graph':[{'@id':'urn:s','urn:p':'x'}]}", "<urn:s> <urn:p> 'x' .")]
    [InlineData(
        "{'@id':'urn:g','@graph':[{'@id':'urn:s','urn:p':{'@list':['x']}}]}",
        "_:b0 <" + Rdf + "first> 'x' <urn:g> . _:b0 <" + Rdf + "rest> <" + Rdf + "nil> <urn:g> . <urn:s> <urn:p> _:b0 <urn:g> .")]
    public void A_graph_has_the_name_of_its_node(string document, string nquads) => Assert.Equal(nquads, Ld.ToRdf(document));

    [Theory]
    [InlineData(
        "{'@id':'urn:s','@reverse':{'urn:p':[{'@id':'urn:a'},{'@id':'urn:b'}]}}", "<urn:a> <urn:p> <urn:s> . <urn:b> <urn:p> <urn:s> .")]
    [InlineData("{'@id':'urn:s','@included':[{'@id':'urn:a','urn:p':'x'}],'urn:p':'y'}", "<urn:a> <urn:p> 'x' . <urn:s> <urn:p> 'y' .")]
    [InlineData("{'@id':'urn:s','@index':'i','urn:p':{'@value':'x','@index':'j'}}", "<urn:s> <urn:p> 'x' .")]
    public void Reverse_properties_and_included_nodes_say_what_they_say(string document, string nquads) =>
        Assert.Equal(nquads, Ld.ToRdf(document));

    [Theory]
    [InlineData("{'@id':'n','urn:p':'x'}")]
    [InlineData("{'@id':'urn:s','urn:p':{'@id':'n'}}")]
    [InlineData("{'@id':'urn:s','@type':'n'}")]
    [InlineData("{'@context':{'urn:T':null},'@id':'urn:s','@type':['urn:T','@foo']}")]
    [InlineData("{'@context':{'urn:T':null},'@id':'urn:s','@type':'urn:T'}")]
    [InlineData("{'@id':'urn:s','_:p':'x'}")]
    [InlineData("{'@id':'n','@graph':[{'@id':'urn:s','urn:p':'x'}]}")]
    [InlineData("{'@id':'urn:s','@reverse':{'urn:p':{'@id':'n'}}}")]
    [InlineData("{'@id':'@foo','urn:p':'x'}")]
    [InlineData("{'@id':'urn:s','urn:p':1e999}")]
    [InlineData("{'@context':{'p':{'@id':'urn:p','@container':'@graph'}},'@id':'n','p':['x',{'@list':['y']}]}")]
    public void Without_safe_mode_what_is_no_RDF_is_left_out(string document) =>
        Assert.Equal("", Ld.ToRdf(document, new JsonLdOptions(Safe: false)));
}
