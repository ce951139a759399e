namespace CitiesOfLearning.JsonLd.Tests.Expansion;

/// <summary>Nodes and what may stand in them (https://www.w3.org/TR/json-ld11-api/#expansion-algorithm, 13.4 and 14 to 19).</summary>
public sealed class NodeTests
{
    [Theory]
    [InlineData(
        "'@graph':[{'@id':'urn:a','urn:p':'x'},{'@id':'urn:b','urn:p':'y'}]",
        "[{'@id':'urn:a','urn:p':[{'@value':'x'}]},{'@id':'urn:b','urn:p':[{'@value':'y'}]}]")]
    [InlineData("'@graph':{'@id':'urn:a','urn:p':'x'}", "[{'@id':'urn:a','urn:p':[{'@value':'x'}]}]")]
    [InlineData("'@graph':[]", "[]")]
    [InlineData("'@id':'urn:g','@graph':[{'urn:p':'x'}]", "[{'@id':'urn:g','@graph':[{'urn:p':[{'@value':'x'}]}]}]")]
    public void A_graph_alone_is_what_it_holds(string entries, string expected) => Expands(entries, expected);

    [Theory]
    [InlineData("'urn:p':null", "[]")]
    [InlineData("'urn:p':[null,'x',[['y']]]", "[{'urn:p':[{'@value':'x'},{'@value':'y'}]}]")]
    [InlineData("'urn:p':[]", "[{'urn:p':[]}]")]
    [InlineData("'urn:p':{'@set':'x'}", "[{'urn:p':[{'@value':'x'}]}]")]
    [InlineData("'urn:p':{'@set':[]}", "[{'urn:p':[]}]")]
    [InlineData("'urn:p':{'@list':'x','@index':'i'}", "[{'urn:p':[{'@list':[{'@value':'x'}],'@index':'i'}]}]")]
    [InlineData("'urn:p':{'@list':[['x']]}", "[{'urn:p':[{'@list':[{'@value':'x'}]}]}]")]
    [InlineData("'urn:p':{}", "[{'urn:p':[{}]}]")]
    [InlineData("'urn:p':[true,1,'x']", "[{'urn:p':[{'@value':true},{'@value':1},{'@value':'x'}]}]")]
    public void A_property_has_a_flat_array_of_values(string entries, string expected) =>
        Assert.Equal(Ld.Canonical(expected), Ld.Expand($"{{{entries}}}", Ld.Unsafe));

    [Theory]
    [InlineData(
        "{'@value':'x','@language':'en','@direction':'ltr','@index':'i'}",
        "{'@value':'x','@language':'en','@direction':'ltr','@index':'i'}")]
    [InlineData("{'@value':'x','@type':'urn:dt'}", "{'@value':'x','@type':'urn:dt'}")]
    [InlineData("{'@value':1}", "{'@value':1}")]
    [InlineData("{'@value':{'a':null},'@type':'@json'}", "{'@value':{'a':null},'@type':'@json'}")]
    [InlineData("{'@value':null,'@type':'@json'}", "{'@value':null,'@type':'@json'}")]
    public void A_value_object_says_all_of_its_value(string value, string expected) =>
        Expands($"'urn:p':{value}", $"[{{'urn:p':[{expected}]}}]");

    [Theory]
    [InlineData("{'n':'@nest','p':'urn:p'}", "'n':{'p':'x'}")]
    [InlineData("{'n':'@nest','p':{'@id':'urn:p','@nest':'n'}}", "'n':{'p':'x'}")]
    [InlineData("{'p':'urn:p'}", "'@nest':{'p':'x'}")]
    [InlineData("{'p':'urn:p'}", "'@nest':[{'p':'x'},{}]")]
    [InlineData("{'n':'@nest','p':'urn:p'}", "'n':{'@nest':{'p':'x'}}")]
    [InlineData("{'n':{'@id':'@nest','@context':{'p':'urn:p'}}}", "'n':{'p':'x'}")]
    public void What_is_nested_belongs_to_the_node_around_it(string context, string entries) =>
        Expands($"'@context':{context},{entries}", "[{'urn:p':[{'@value':'x'}]}]");

    [Fact]
    public void What_is_nested_is_added_to_what_the_node_says_itself() =>
        Expands(
            "'@nest':{'urn:p':'y','@type':'urn:U'},'urn:p':'x','@type':'urn:T'",
            "[{'@type':['urn:T','urn:U'],'urn:p':[{'@value':'x'},{'@value':'y'}]}]");

    [Theory]
    [InlineData(
        "'@id':'urn:a','@included':[{'@id':'urn:b','urn:q':'x'}]",
        "[{'@id':'urn:a','@included':[{'@id':'urn:b','urn:q':[{'@value':'x'}]}]}]")]
    [InlineData("'@included':{'@type':'urn:T'}", "[{'@included':[{'@type':['urn:T']}]}]")]
    public void Included_nodes_stand_beside_their_node(string entries, string expected) => Expands(entries, expected);

    [Theory]
    [InlineData("'@reverse':{'urn:p':{'@id':'urn:b'}}", "[{'@reverse':{'urn:p':[{'@id':'urn:b'}]}}]")]
    [InlineData(
        "'@context':{'r':{'@reverse':'urn:p'}},'r':[{'@id':'urn:b'},{'@id':'urn:c'}]",
        "[{'@reverse':{'urn:p':[{'@id':'urn:b'},{'@id':'urn:c'}]}}]")]
    [InlineData("'@context':{'r':{'@reverse':'urn:p','@type':'@id'}},'r':'urn:b'", "[{'@reverse':{'urn:p':[{'@id':'urn:b'}]}}]")]
    [InlineData(
        "'@context':{'r':{'@reverse':'urn:p','@container':'@index'}},'r':{'i':{'@id':'urn:b'}}",
        "[{'@reverse':{'urn:p':[{'@id':'urn:b','@index':'i'}]}}]")]
    [InlineData("'@context':{'r':{'@reverse':'urn:p'}},'@reverse':{'r':{'@id':'urn:b'}}", "[{'urn:p':[{'@id':'urn:b'}]}]")]
    public void A_reverse_property_says_whose_value_the_node_is(string entries, string expected) => Expands(entries, expected);

    [Fact]
    public void A_document_may_be_an_array_of_nodes() =>
        Assert.Equal(
            Ld.Canonical("[{'@id':'urn:a','@type':['urn:T']},{'urn:p':[{'@value':'x'}]}]"),
            Ld.Expand("[{'@id':'urn:a','@type':'urn:T'},[{'@context':{'p':'urn:p'},'p':'x'}]]"));

    [Fact]
    public void Entries_may_be_written_in_any_order() =>
        Expands("'a':'x','id':'urn:a','@context':{'id':'@id','a':'urn:p'}", "[{'@id':'urn:a','urn:p':[{'@value':'x'}]}]");

    private static void Expands(string entries, string expected) => Assert.Equal(Ld.Canonical(expected), Ld.Expand($"{{{entries}}}"));
}
