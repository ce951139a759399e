namespace CitiesOfLearning.JsonLd.Tests.Contexts;

/// <summary>https://www.w3.org/TR/json-ld11-api/#create-term-definition and #iri-expansion.</summary>
public sealed class TermTests
{
    [Theory]
    [InlineData("{'name':'urn:v:name'}", "'name':'x'", "urn:v:name")]
    [InlineData("{'name':{'@id':'urn:v:name'}}", "'name':'x'", "urn:v:name")]
    [InlineData("{'v':'urn:v:','name':'v:name'}", "'name':'x'", "urn:v:name")]
    [InlineData("{'name':'v:name','v':'urn:v:'}", "'name':'x'", "urn:v:name")]
    [InlineData("{'name':'other','other':'urn:v:name'}", "'name':'x'", "urn:v:name")]
    [InlineData("[{'name':'urn:1'},{'name':'urn:2'}]", "'name':'x'", "urn:2")]
    [InlineData("{'urn:v:name':'urn:v:name'}", "'urn:v:name':'x'", "urn:v:name")]
    [InlineData("{'@vocab':'urn:v:','a/b':{'@type':'@none'}}", "'a/b':'x'", "urn:v:a/b")]
    [InlineData("{'v':'urn:v:','v:name':{'@type':'@none'}}", "'v:name':'x'", "urn:v:name")]
    [InlineData("{'@version':1.1,'name':'urn:v:name'}", "'name':'x'", "urn:v:name")]
    [InlineData("[null,{'name':'urn:v:name'}]", "'name':'x'", "urn:v:name")]
    public void A_term_means_its_IRI(string context, string entry, string property) =>
        Expands(context, entry, $"[{{'{property}':[{{'@value':'x'}}]}}]");

    [Theory]
    [InlineData("{'v':'urn:v#'}", "urn:v#name")]
    [InlineData("{'v':'urn:v/'}", "urn:v/name")]
    [InlineData("{'v':'urn:v:'}", "urn:v:name")]
    [InlineData("{'v':'urn:v?'}", "urn:v?name")]
    [InlineData("{'v':'urn:v@'}", "urn:v@name")]
    [InlineData("{'v':{'@id':'urn:v','@prefix':true}}", "urn:vname")]
    [InlineData("{'v':'urn:v'}", "v:name")]
    [InlineData("{'v':{'@id':'urn:v:'}}", "v:name")]
    [InlineData("{'v':{'@id':'urn:v:','@prefix':false}}", "v:name")]
    [InlineData("{'v':null}", "v:name")]
    public void A_prefix_is_a_simple_term_that_ends_like_one_or_says_that_it_is_one(string context, string property) =>
        Expands(context, "'v:name':'x'", $"[{{'{property}':[{{'@value':'x'}}]}}]");

    [Theory]
    [InlineData("{'http':'urn:v:'}", "'@id':'http://a.example/','urn:p':'x'", "http://a.example/")]
    [InlineData("{'_':'urn:v:'}", "'@id':'_:b','urn:p':'x'", "_:b")]
    [InlineData("{'v':'urn:v:'}", "'@id':'v:a','urn:p':'x'", "urn:v:a")]
    [InlineData("{'a':'urn:v:'}", "'@id':'a','urn:p':'x'", "http://base.example/dir/a")]
    public void An_id_is_no_term_but_may_have_a_prefix(string context, string entries, string id) =>
        Expands(context, entries, $"[{{'@id':'{id}','urn:p':[{{'@value':'x'}}]}}]");

    [Theory]
    [InlineData("{'id':'@id','type':'@type'}", "'id':'urn:a','type':'urn:T'", "[{'@id':'urn:a','@type':['urn:T']}]")]
    [InlineData("{'a':'b','b':'@id'}", "'a':'urn:a','@type':'urn:T'", "[{'@id':'urn:a','@type':['urn:T']}]")]
    [InlineData("{'val':'@value','lang':'@language'}", "'urn:p':{'val':'x','lang':'EN'}", "[{'urn:p':[{'@value':'x','@language':'en'}]}]")]
    [InlineData(
        "{'val':'@value','dir':'@direction'}", "'urn:p':{'val':'x','dir':'rtl'}", "[{'urn:p':[{'@value':'x','@direction':'rtl'}]}]")]
    [InlineData("{'list':'@list'}", "'urn:p':{'list':['x']}", "[{'urn:p':[{'@list':[{'@value':'x'}]}]}]")]
    [InlineData("{'set':'@set'}", "'urn:p':{'set':['x']}", "[{'urn:p':[{'@value':'x'}]}]")]
    [InlineData("{'graph':'@graph'}", "'graph':[{'urn:p':'x'}]", "[{'urn:p':[{'@value':'x'}]}]")]
    [InlineData("{'back':'@reverse'}", "'back':{'urn:p':{'@id':'urn:a'}}", "[{'@reverse':{'urn:p':[{'@id':'urn:a'}]}}]")]
    [InlineData("{'index':'@index'}", "'urn:p':{'@value':'x','index':'i'}", "[{'urn:p':[{'@value':'x','@index':'i'}]}]")]
    [InlineData("{'with':'@included'}", "'with':{'urn:p':'x'}", "[{'@included':[{'urn:p':[{'@value':'x'}]}]}]")]
    [InlineData("{'none':'@none','p':{'@id':'urn:p','@container':'@language'}}", "'p':{'none':'x'}", "[{'urn:p':[{'@value':'x'}]}]")]
    [InlineData("{'@type':{'@container':'@set'}}", "'@type':'urn:T'", "[{'@type':['urn:T']}]")]
    public void A_keyword_may_have_other_names(string context, string entries, string expected) => Expands(context, entries, expected);

    [Theory]
    [InlineData("'@type':'T'", "{'T':'urn:T'}")]
    [InlineData("'@type':['T']", "{'T':'urn:T'}")]
    [InlineData("'@type':'v:T'", "{'v':'urn:'}")]
    [InlineData("'@type':'T'", "{'@vocab':'urn:'}")]
    [InlineData("'@type':'T'", "{'@base':'urn:'}")]
    public void A_type_is_a_term_or_a_reference(string entries, string context) => Expands(context, entries, "[{'@type':['urn:T']}]");

    [Fact]
    public void A_null_context_forgets_all_terms() =>
        Assert.Equal("[]", Ld.Expand("{'@context':[{'a':'urn:a'},null],'a':'x'}", Ld.Unsafe));

    [Fact]
    public void A_term_that_is_null_means_nothing() =>
        Assert.Equal("[]", Ld.Expand("{'@context':{'@vocab':'urn:v:','a':null,'b':{'@id':null}},'a':'x','b':'x'}", Ld.Unsafe));

    private static void Expands(string context, string entries, string expected) =>
        Assert.Equal(Ld.Canonical(expected), Ld.Expand(Ld.Document(context, entries)));
}
