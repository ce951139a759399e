namespace CitiesOfLearning.JsonLd.Tests.Contexts;

/// <summary>https://www.w3.org/TR/json-ld11-api/#value-expansion</summary>
public sealed class CoercionTests
{
    [Theory]
    [InlineData("'@id'", "'x'", "{'@id':'http://base.example/dir/x'}")]
    [InlineData("'@id'", "'_:b'", "{'@id':'_:b'}")]
    [InlineData("'@id'", "5", "{'@value':5}")]
    [InlineData("'@id'", "true", "{'@value':true}")]
    [InlineData("'@id'", "{'@value':'x'}", "{'@value':'x'}")]
    [InlineData("'@vocab'", "'p'", "{'@id':'urn:p'}")]
    [InlineData("'@none'", "'x'", "{'@value':'x'}")]
    [InlineData("'urn:dt'", "'x'", "{'@value':'x','@type':'urn:dt'}")]
    [InlineData("'urn:dt'", "5", "{'@value':5,'@type':'urn:dt'}")]
    [InlineData("'urn:dt'", "{'@value':'x'}", "{'@value':'x'}")]
    [InlineData("'urn:dt'", "{'@value':'x','@type':'urn:other'}", "{'@value':'x','@type':'urn:other'}")]
    [InlineData("'urn:dt'", "{'@id':'urn:x'}", "{'@id':'urn:x'}")]
    [InlineData("'@json'", "{'a':[1,null],'@context':'nothing'}", "{'@value':{'a':[1,null],'@context':'nothing'},'@type':'@json'}")]
    [InlineData("'@json'", "[1,[2]]", "{'@value':[1,[2]],'@type':'@json'}")]
    [InlineData("'@json'", "null", "{'@value':null,'@type':'@json'}")]
    [InlineData("'@json'", "'x'", "{'@value':'x','@type':'@json'}")]
    public void A_term_says_of_what_type_its_values_are(string type, string value, string expected) =>
        Expands($"{{'p':{{'@id':'urn:p','@type':{type}}}}}", $"'p':{value}", expected);

    [Theory]
    [InlineData("'@language':'EN-gb'", "'@id':'urn:p'", "'x'", "{'@value':'x','@language':'en-gb'}")]
    [InlineData("'@language':'en'", "'@id':'urn:p'", "5", "{'@value':5}")]
    [InlineData("'@language':'en'", "'@id':'urn:p'", "{'@value':'x'}", "{'@value':'x'}")]
    [InlineData("'@language':'en'", "'@id':'urn:p'", "{'@value':'x','@language':'cy'}", "{'@value':'x','@language':'cy'}")]
    [InlineData("'@language':'en'", "'@id':'urn:p','@language':'cy'", "'x'", "{'@value':'x','@language':'cy'}")]
    [InlineData("'@language':'en'", "'@id':'urn:p','@language':null", "'x'", "{'@value':'x'}")]
    [InlineData("'@language':'en'", "'@id':'urn:p','@type':'urn:dt'", "'x'", "{'@value':'x','@type':'urn:dt'}")]
    [InlineData("'@language':'en'", "'@id':'urn:p','@type':'@none'", "'x'", "{'@value':'x','@language':'en'}")]
    [InlineData("'@language':null", "'@id':'urn:p'", "'x'", "{'@value':'x'}")]
    [InlineData("'@direction':'rtl'", "'@id':'urn:p'", "'x'", "{'@value':'x','@direction':'rtl'}")]
    [InlineData("'@direction':'rtl'", "'@id':'urn:p'", "5", "{'@value':5}")]
    [InlineData("'@direction':'rtl'", "'@id':'urn:p','@direction':'ltr'", "'x'", "{'@value':'x','@direction':'ltr'}")]
    [InlineData("'@direction':'rtl'", "'@id':'urn:p','@direction':null", "'x'", "{'@value':'x'}")]
    [InlineData("'@direction':'rtl','@language':'ar'", "'@id':'urn:p'", "'x'", "{'@value':'x','@language':'ar','@direction':'rtl'}")]
    [InlineData("'@direction':null", "'@id':'urn:p'", "'x'", "{'@value':'x'}")]
    public void A_plain_string_has_the_language_and_direction_of_its_term_or_else_the_contexts(
        string context, string term, string value, string expected) =>
        Expands($"{{{context},'p':{{{term}}}}}", $"'p':{value}", expected);

    private static void Expands(string context, string entries, string expected) =>
        Assert.Equal(Ld.Canonical($"[{{'urn:p':[{expected}]}}]"), Ld.Expand(Ld.Document(context, entries)));
}
