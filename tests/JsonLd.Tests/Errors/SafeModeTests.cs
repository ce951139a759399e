namespace CitiesOfLearning.JsonLd.Tests.Errors;

/// <summary>In safe mode what would not be in the RDF is an error; without it, it is not there.</summary>
public sealed class SafeModeTests
{
    [Theory]
    [InlineData("'a':'x'", "/a")]
    [InlineData("'@context':{'a':null},'a':'x'", "/a")]
    [InlineData("'urn:q':{'a':'x'}", "/urn:q/a")]
    [InlineData("'@nest':{'a':'x'}", "/@nest/a")]
    [InlineData("'@foo':'x'", "/@foo")]
    [InlineData("'@base':'x'", "/@base")]
    [InlineData("'@none':'x'", "/@none")]
    [InlineData("'@context':{'@foo':'urn:a'}", "/@context/@foo")]
    [InlineData("'@context':{'a':'@foo'}", "/@context/a")]
    [InlineData("'@context':{'a':{'@reverse':'@foo'}}", "/@context/a")]
    [InlineData("'@context':{'a':{'@id':'urn:a','@container':'@type'}},'a':{'@foo':{'@id':'urn:o'}}", "/a/@foo")]
    [InlineData("'@type':['urn:T','@foo']", "/@type")]
    [InlineData("'@context':{'urn:T':null},'@type':'urn:T'", "/@type")]
    [InlineData("'urn:q':{'@id':'@foo'}", "/urn:q/@id")]
    [InlineData("'urn:q':{'@list':[{'@value':null}]}", "/urn:q/@list/0")]
    [InlineData("'urn:q':{'@value':null}", "/urn:q")]
    [InlineData("'urn:q':{'@language':'en'}", "/urn:q")]
    [InlineData("'urn:q':{'@id':'urn:o','@language':'en'}", "/urn:q")]
    [InlineData("'urn:q':{'@value':'x','@language':'en us'}", "/urn:q/@language")]
    [InlineData("'@context':{'@language':'en us'},'urn:q':['x']", "/urn:q/0")]
    [InlineData("'@context':{'@language':'en us','@direction':'rtl'},'urn:q':['x']", "/urn:q/0")]
    [InlineData("'@context':{'a':{'@id':'urn:a','@container':'@language'}},'a':{'':'x'}", "/a/")]
    [InlineData("'@graph':['x']", "/@graph/0")]
    [InlineData("'@graph':[{'@value':'x'}]", "/@graph/0")]
    [InlineData("'@graph':[{'@list':['x']}]", "/@graph/0/@list")]
    [InlineData("'@graph':[{}]", "/@graph/0")]
    [InlineData("'@graph':[{'@id':'urn:o'}]", "/@graph/0")]
    [InlineData("'@context':{'a':{'@id':'urn:a','@container':'@graph'}},'a':'x'", "/a")]
    [InlineData("'_:b':'x'", "")]
    [InlineData("'urn:q':{'urn:b c':'x'}", "/urn:q")]
    [InlineData("'urn:q':[{'@id':'urn:o'},{'@id':'urn:b c'}]", "/urn:q/1")]
    [InlineData("'urn:q':{'@type':'urn:b c'}", "/urn:q")]
    [InlineData("'urn:q':{'@id':'urn:b c','@graph':[{'urn:r':'x'}]}", "/urn:q")]
    [InlineData("'urn:q':{'@value':'x','@direction':'rtl'}", "/urn:q")]
    [InlineData("'urn:q':{'@list':['x',1e999]}", "/urn:q/@list/1")]
    public void What_the_statements_would_not_hold_is_refused(string entries, string path)
    {
        var document = $"{{'@id':'urn:s','urn:p':{{'@id':'urn:o'}},{entries}}}";

        var refusal = Assert.Throws<JsonLdException>(() => Ld.ToRdf(document));

        Assert.Equal((JsonLdErrors.WouldBeDropped, path), (refusal.Code, refusal.Path));
        Assert.Contains("<urn:s> <urn:p> <urn:o> .", Ld.ToRdf(document, Ld.Unsafe), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'@id':'n','urn:p':'x'}", "/@id")]
    [InlineData("{'@type':'n','urn:p':'x'}", "/@type")]
    [InlineData("{'@context':{'p':{'@id':'urn:p','@type':'@id'}},'p':'n'}", "/p")]
    [InlineData("{'@context':{'p':{'@id':'urn:p','@container':'@id'}},'p':{'n':{'urn:q':'x'}}}", "/p/n")]
    public void A_relative_reference_that_nothing_resolves_is_refused(string document, string path)
    {
        var refusal = Assert.Throws<JsonLdException>(() => Ld.ToRdf(document, new JsonLdOptions()));

        Assert.Equal((JsonLdErrors.WouldBeDropped, path), (refusal.Code, refusal.Path));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("'x'")]
    [InlineData("{'@id':'urn:a'}")]
    [InlineData("{'@value':'x'}")]
    public void A_document_that_says_nothing_is_refused(string document)
    {
        var refusal = Assert.Throws<JsonLdException>(() => Ld.ToRdf(document));

        Assert.Equal((JsonLdErrors.WouldBeDropped, ""), (refusal.Code, refusal.Path));
        Assert.Equal("", Ld.ToRdf(document, Ld.Unsafe));
    }

    [Fact]
    public void A_context_that_was_kept_without_safe_mode_is_no_way_around_it()
    {
        var contexts = Ld.Contexts(new() { ["urn:c"] = "{'@context':{'@vocab':'urn:','a':'@foo'}}" });
        const string Document = "{'@context':'urn:c','b':'x'}";

        Assert.Equal("_:b0 <urn:b> 'x' .", Ld.ToRdf(Document, Ld.Unsafe, contexts));
        Assert.Throws<JsonLdException>(() => Ld.ToRdf(Document, Ld.Safe, contexts));
    }
}
