namespace CitiesOfLearning.JsonLd.Tests.Expansion;

/// <summary>https://www.w3.org/TR/json-ld11-api/#expansion-algorithm, 13.7, 13.8, 13.11 and 13.12.</summary>
public sealed class ContainerTests
{
    [Theory]
    [InlineData("['a','b']", "{'@list':[{'@value':'a'},{'@value':'b'}]}")]
    [InlineData("'a'", "{'@list':[{'@value':'a'}]}")]
    [InlineData("[]", "{'@list':[]}")]
    [InlineData("[null]", "{'@list':[]}")]
    [InlineData("[['a'],[]]", "{'@list':[{'@list':[{'@value':'a'}]},{'@list':[]}]}")]
    [InlineData("{'@list':['a']}", "{'@list':[{'@value':'a'}]}")]
    [InlineData("[{'@list':['a']}]", "{'@list':[{'@list':[{'@value':'a'}]}]}")]
    public void A_list_keeps_its_order_and_may_hold_lists(string value, string expected) => Expands("'@list'", value, expected);

    [Theory]
    [InlineData("'a'", "{'@value':'a'}")]
    [InlineData("['a',['b']]", "{'@value':'a'},{'@value':'b'}")]
    [InlineData("{'@set':['a']}", "{'@value':'a'}")]
    [InlineData("[]", "")]
    public void A_set_is_its_values(string value, string expected) => Expands("'@set'", value, expected);

    [Theory]
    [InlineData("'@index'")]
    [InlineData("['@index']")]
    [InlineData("['@index','@set']")]
    public void An_index_map_says_by_which_key_each_value_stood(string container) =>
        Expands(
            container,
            "{'x':'a','y':['b',{'@value':'c','@index':'own'}],'@none':'d'}",
            "{'@value':'a','@index':'x'},{'@value':'b','@index':'y'},{'@value':'c','@index':'own'},{'@value':'d'}");

    [Theory]
    [InlineData("{'@id':'urn:n'}", "{'@id':'urn:n','urn:i':[{'@value':'x'}]}")]
    [InlineData("{'urn:i':'own'}", "{'urn:i':[{'@value':'x'},{'@value':'own'}]}")]
    [InlineData("[{'@id':'urn:n'},{'@id':'urn:m'}]", "{'@id':'urn:n','urn:i':[{'@value':'x'}]},{'@id':'urn:m','urn:i':[{'@value':'x'}]}")]
    public void The_key_may_be_the_value_of_a_property(string value, string expected) =>
        Expands("'@index','@index':'urn:i'", $"{{'x':{value}}}", expected);

    [Fact]
    public void The_property_by_which_values_are_indexed_may_have_a_type() =>
        Assert.Equal(
            Ld.Canonical("[{'urn:p':[{'@id':'urn:n','urn:i':[{'@id':'urn:x'}]}]}]"),
            Ld.Expand(Ld.Document(
                "{'i':{'@id':'urn:i','@type':'@id'},'p':{'@id':'urn:p','@container':'@index','@index':'i'}}",
                "'p':{'urn:x':{'@id':'urn:n'}}")));

    [Theory]
    [InlineData("'@language'")]
    [InlineData("['@language','@set']")]
    public void A_language_map_says_the_language_of_each_string(string container) =>
        Expands(
            container,
            "{'EN':'a','cy':['b',null,'c'],'@none':'d','fr':null}",
            "{'@value':'a','@language':'en'},{'@value':'b','@language':'cy'},{'@value':'c','@language':'cy'},{'@value':'d'}");

    [Fact]
    public void The_strings_of_a_language_map_have_the_direction_of_their_term() =>
        Expands("'@language','@direction':'rtl'", "{'ar':'a'}", "{'@value':'a','@language':'ar','@direction':'rtl'}");

    [Theory]
    [InlineData("'@id'", "{'urn:x':{'urn:q':'a'}}", "{'@id':'urn:x','urn:q':[{'@value':'a'}]}")]
    [InlineData("['@id','@set']", "{'urn:x':{'urn:q':'a'}}", "{'@id':'urn:x','urn:q':[{'@value':'a'}]}")]
    [InlineData("'@id'", "{'x':{'urn:q':'a'}}", "{'@id':'http://base.example/dir/x','urn:q':[{'@value':'a'}]}")]
    [InlineData("'@id'", "{'urn:x':{'@id':'urn:own','urn:q':'a'}}", "{'@id':'urn:own','urn:q':[{'@value':'a'}]}")]
    [InlineData("'@id'", "{'@none':{'urn:q':'a'}}", "{'urn:q':[{'@value':'a'}]}")]
    public void An_id_map_gives_each_node_its_id(string container, string value, string expected) => Expands(container, value, expected);

    [Theory]
    [InlineData("'@type'", "{'urn:T':{'urn:q':'a'}}", "{'@type':['urn:T'],'urn:q':[{'@value':'a'}]}")]
    [InlineData("['@type','@set']", "{'urn:T':{'urn:q':'a'}}", "{'@type':['urn:T'],'urn:q':[{'@value':'a'}]}")]
    [InlineData("'@type'", "{'urn:T':{'@type':'urn:U'}}", "{'@type':['urn:T','urn:U']}")]
    [InlineData("'@type'", "{'urn:T':'x'}", "{'@id':'http://base.example/dir/x','@type':['urn:T']}")]
    [InlineData("'@type'", "{'S':{'a':'x'}}", "{'@type':['urn:S'],'urn:a':[{'@value':'x'}]}")]
    [InlineData("'@type'", "{'@none':{'urn:q':'a'}}", "{'urn:q':[{'@value':'a'}]}")]
    public void A_type_map_gives_each_node_a_type_and_that_types_context(string container, string value, string expected) =>
        Expands(container, value, expected);

    [Theory]
    [InlineData("'@graph'", "{'urn:q':'a'}", "{'@graph':[{'urn:q':[{'@value':'a'}]}]}")]
    [InlineData("['@graph','@set']", "[{'urn:q':'a'}]", "{'@graph':[{'urn:q':[{'@value':'a'}]}]}")]
    [InlineData("['@graph','@index']", "{'k':{'urn:q':'a'}}", "{'@graph':[{'urn:q':[{'@value':'a'}]}],'@index':'k'}")]
    [InlineData("['@graph','@index','@set']", "{'k':{'urn:q':'a'}}", "{'@graph':[{'urn:q':[{'@value':'a'}]}],'@index':'k'}")]
    [InlineData("['@graph','@id']", "{'urn:k':{'urn:q':'a'}}", "{'@graph':[{'urn:q':[{'@value':'a'}]}],'@id':'urn:k'}")]
    [InlineData("['@graph','@id','@set']", "{'urn:k':{'urn:q':'a'}}", "{'@graph':[{'urn:q':[{'@value':'a'}]}],'@id':'urn:k'}")]
    [InlineData("['@graph','@id']", "{'urn:k':{'@graph':[{'urn:q':'a'}]}}", "{'@graph':[{'urn:q':[{'@value':'a'}]}],'@id':'urn:k'}")]
    [InlineData("['@graph','@id']", "{'@none':{'urn:q':'a'}}", "{'@graph':[{'urn:q':[{'@value':'a'}]}]}")]
    [InlineData(
        "['@graph','@index'],'@index':'urn:i'", "{'k':{'urn:q':'a'}}", "{'@graph':[{'urn:q':[{'@value':'a'}]}],'urn:i':[{'@value':'k'}]}")]
    public void A_graph_container_makes_a_graph_of_each_value(string container, string value, string expected) =>
        Expands(container, value, expected);

    [Theory]
    [InlineData("'@id'", "5", JsonLdErrors.InvalidValueObject)]
    [InlineData("'@type'", "5", JsonLdErrors.InvalidValueObject)]
    [InlineData("'@index','@index':'urn:i'", "'a'", JsonLdErrors.InvalidValueObject)]
    [InlineData("'@id'", "{'@list':[]}", JsonLdErrors.InvalidSetOrListObject)]
    [InlineData("'@type'", "{'@list':[]}", JsonLdErrors.InvalidSetOrListObject)]
    [InlineData("'@index','@index':'urn:i'", "{'@list':[]}", JsonLdErrors.InvalidSetOrListObject)]
    public void Only_a_node_can_have_what_the_key_says(string container, string value, string code)
    {
        var refusal = Assert.Throws<JsonLdException>(
            () => Ld.Expand(Ld.Document($"{{'p':{{'@id':'urn:p','@container':{container}}}}}", $"'p':{{'urn:k':{value}}}")));

        Assert.Equal((code, "/p/urn:k"), (refusal.Code, refusal.Path));
    }

    private static void Expands(string container, string value, string expected) =>
        Assert.Equal(
            Ld.Canonical($"[{{'urn:p':[{expected}]}}]"),
            Ld.Expand(Ld.Document(
                $"{{'p':{{'@id':'urn:p','@container':{container}}},'S':{{'@id':'urn:S','@context':{{'a':'urn:a'}}}}}}",
                $"'p':{value}")));
}
