namespace CitiesOfLearning.JsonLd.Tests.Contexts;

/// <summary>How far a context reaches (https://www.w3.org/TR/json-ld11/#scoped-contexts and #context-propagation).</summary>
public sealed class ScopedContextTests
{
    [Theory]
    [InlineData("'@context':{'a':'urn:1'},'urn:p':{'a':'x'}", "[{'urn:p':[{'urn:1':[{'@value':'x'}]}]}]")]
    [InlineData("'@context':{'a':'urn:1'},'urn:p':{'@context':{'a':'urn:2'},'a':'x','urn:q':{'a':'y'}},'urn:r':{'a':'z'}",
        "[{'urn:p':[{'urn:2':[{'@value':'x'}],'urn:q':[{'urn:2':[{'@value':'y'}]}]}],'urn:r':[{'urn:1':[{'@value':'z'}]}]}]")]
    [InlineData("'@context':{'a':'urn:1'},'urn:p':{'@context':{'@propagate':false,'a':'urn:2'},'a':'x','urn:q':{'a':'y'}}",
        "[{'urn:p':[{'urn:2':[{'@value':'x'}],'urn:q':[{'urn:1':[{'@value':'y'}]}]}]}]")]
    public void A_context_reaches_into_the_objects_inside_unless_it_says_that_it_does_not(string entries, string expected) =>
        Expands(entries, expected);

    [Theory]
    [InlineData("{'a':'urn:2'}", "'a':'x','urn:q':{'a':'y'}", "{'urn:2':[{'@value':'x'}],'urn:q':[{'urn:2':[{'@value':'y'}]}]}")]
    [InlineData(
        "{'@propagate':false,'a':'urn:2'}", "'a':'x','urn:q':{'a':'y'}", "{'urn:2':[{'@value':'x'}],'urn:q':[{'urn:1':[{'@value':'y'}]}]}")]
    [InlineData("[{'a':'urn:2'},{'b':'urn:3'}]", "'a':'x','b':'y'", "{'urn:2':[{'@value':'x'}],'urn:3':[{'@value':'y'}]}")]
    [InlineData("{'a':'urn:2'}", "'@context':{'a':'urn:3'},'a':'x'", "{'urn:3':[{'@value':'x'}]}")]
    public void A_property_may_bring_its_own_context(string scoped, string inside, string expected) =>
        Expands($"'@context':{{'a':'urn:1','p':{{'@id':'urn:p','@context':{scoped}}}}},'p':{{{inside}}}", $"[{{'urn:p':[{expected}]}}]");

    [Fact]
    public void A_propertys_context_is_there_for_its_plain_values_too() =>
        Expands("'@context':{'p':{'@id':'urn:p','@context':{'@language':'cy'}}},'p':'x'", "[{'urn:p':[{'@value':'x','@language':'cy'}]}]");

    [Theory]
    [InlineData("{'a':'urn:2'}", "'a':'x','urn:q':{'a':'y'}", "'urn:2':[{'@value':'x'}],'urn:q':[{'urn:1':[{'@value':'y'}]}]")]
    [InlineData("{'a':'urn:2'}", "'urn:q':{'urn:r':{'a':'y'}}", "'urn:q':[{'urn:r':[{'urn:1':[{'@value':'y'}]}]}]")]
    [InlineData(
        "{'@propagate':true,'a':'urn:2'}", "'a':'x','urn:q':{'a':'y'}", "'urn:2':[{'@value':'x'}],'urn:q':[{'urn:2':[{'@value':'y'}]}]")]
    [InlineData("{'a':'urn:2'}", "'urn:q':{'@type':'T','a':'y'}", "'urn:q':[{'@type':['urn:T'],'urn:2':[{'@value':'y'}]}]")]
    [InlineData("{'id':'@id'}", "'urn:q':{'id':'urn:x'}", "'urn:q':[{'@id':'urn:x'}]")]
    [InlineData("{'val':'@value'}", "'urn:q':{'val':'x'}", "'urn:q':[{'@value':'x'}]")]
    [InlineData("{'T':'urn:other','a':'urn:2'}", "'a':'x'", "'urn:2':[{'@value':'x'}]")]
    public void A_type_may_bring_a_context_for_its_own_node_alone(string scoped, string inside, string expected) =>
        Expands(
            $"'@context':{{'a':'urn:1','T':{{'@id':'urn:T','@context':{scoped}}}}},'@type':'T',{inside}",
            $"[{{'@type':['urn:T'],{expected}}}]");

    [Fact]
    public void What_only_a_type_defines_is_unknown_in_the_objects_inside()
    {
        var refusal = Assert.Throws<JsonLdException>(() =>
            Ld.Expand("{'@context':{'T':{'@id':'urn:T','@context':{'id':'@id'}}},'@type':'T','urn:q':{'id':'urn:x','urn:r':'y'}}"));

        Assert.Equal((JsonLdErrors.WouldBeDropped, "/urn:q/id"), (refusal.Code, refusal.Path));
    }

    [Theory]
    [InlineData("'@type':['T2','T1']")]
    [InlineData("'@type':['T1','T2']")]
    [InlineData("'type':'T2','@type':'T1'")]
    public void The_contexts_of_several_types_apply_in_the_order_of_their_names(string types)
    {
        const string One = "'T1':{'@id':'urn:T1','@context':{'a':'urn:1'}}";
        const string Two = "'T2':{'@id':'urn:T2','@context':{'a':'urn:2'}}";

        var expanded = Ld.Expand($"{{'@context':{{'type':'@type',{One},{Two}}},{types},'a':'x'}}");

        Assert.Contains("\"urn:2\":[{\"@value\":\"x\"}]", expanded, StringComparison.Ordinal);
    }

    [Fact]
    public void A_propertys_context_comes_before_that_of_a_type() =>
        Expands(
            "'@context':{'p':{'@id':'urn:p','@context':{'a':'urn:1','b':'urn:b'}},'T':{'@id':'urn:T','@context':{'a':'urn:2'}}},"
            + "'p':{'@type':'T','a':'x','b':'y'}",
            "[{'urn:p':[{'@type':['urn:T'],'urn:2':[{'@value':'x'}],'urn:b':[{'@value':'y'}]}]}]");

    private static void Expands(string entries, string expected) => Assert.Equal(Ld.Canonical(expected), Ld.Expand($"{{{entries}}}"));
}
