namespace CitiesOfLearning.JsonLd.Tests.Contexts;

/// <summary>https://www.w3.org/TR/json-ld11/#protected-term-definitions</summary>
public sealed class ProtectedTermTests
{
    [Theory]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},{'a':'urn:b'}]", "/@context/1/a")]
    [InlineData("'@context':[{'a':{'@id':'urn:a','@protected':true}},{'a':'urn:b'}]", "/@context/1/a")]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},{'a':null}]", "/@context/1/a")]
    [InlineData("'@context':[{'@protected':true,'a':null},{'a':'urn:a'}]", "/@context/1/a")]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},{'a':{'@id':'urn:a','@type':'@id'}}]", "/@context/1/a")]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},{'a':{'@id':'urn:a','@container':'@set'}}]", "/@context/1/a")]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},{'a':{'@id':'urn:a','@language':'en'}}]", "/@context/1/a")]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},{'a':{'@id':'urn:a','@direction':'rtl'}}]", "/@context/1/a")]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},{'a':{'@id':'urn:a','@nest':'@nest'}}]", "/@context/1/a")]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},{'a':{'@id':'urn:a','@context':{}}}]", "/@context/1/a")]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a:'},{'a':{'@id':'urn:a:'}}]", "/@context/1/a")]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},{'a':{'@reverse':'urn:a'}}]", "/@context/1/a")]
    [InlineData(
        "'@context':[{'@protected':true,'a':{'@id':'urn:a','@context':{'b':'urn:b'}}},{'a':{'@id':'urn:a','@context':{'b':'urn:c'}}}]",
        "/@context/1/a")]
    [InlineData("'@context':[{'@type':{'@protected':true}},{'@type':{'@container':'@set'}}]", "/@context/1/@type")]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},{'a':'urn:a'},{'a':'urn:b'}]", "/@context/2/a")]
    [InlineData("'@context':{'@protected':true,'a':'urn:a'},'urn:p':{'@context':{'a':'urn:b'}}", "/urn:p/@context/a")]
    [InlineData("'@context':{'@protected':true,'a':'urn:a','T':{'@id':'urn:T','@context':{'a':'urn:b'}}},'@type':'T'", "/@type/a")]
    public void A_protected_term_cannot_mean_anything_else(string entries, string path)
    {
        var refusal = Assert.Throws<JsonLdException>(() => Ld.Expand($"{{{entries}}}"));

        Assert.Equal((JsonLdErrors.ProtectedTermRedefinition, path), (refusal.Code, refusal.Path));
    }

    [Theory]
    [InlineData("[{'@protected':true,'a':'urn:a'},{'a':'urn:a'}]", "'a':'x'", "[{'urn:a':[{'@value':'x'}]}]")]
    [InlineData(
        "[{'@protected':true,'a':{'@id':'urn:a'}},{'a':{'@id':'urn:a','@protected':false}}]", "'a':'x'", "[{'urn:a':[{'@value':'x'}]}]")]
    [InlineData("[{'@protected':true,'a':{'@id':'urn:a','@protected':false}},{'a':'urn:b'}]", "'a':'x'", "[{'urn:b':[{'@value':'x'}]}]")]
    [InlineData("[{'@protected':false,'a':'urn:a'},{'a':'urn:b'}]", "'a':'x'", "[{'urn:b':[{'@value':'x'}]}]")]
    [InlineData("[{'@protected':true,'a':'urn:a'},{'b':'urn:b'}]", "'b':'x'", "[{'urn:b':[{'@value':'x'}]}]")]
    public void The_same_meaning_again_is_no_redefinition(string context, string entries, string expected) =>
        Expands(context, entries, expected);

    [Theory]
    [InlineData("{'a':'urn:b'}", "'a':'x'", "urn:b")]
    [InlineData("[null,{'a':'urn:b'}]", "'a':'x'", "urn:b")]
    public void The_scoped_context_of_a_property_may_redefine_it(string scoped, string inside, string property) =>
        Expands(
            $"{{'@protected':true,'a':'urn:a','p':{{'@id':'urn:p','@context':{scoped}}}}}",
            $"'a':'y','p':{{{inside}}}",
            $"[{{'urn:a':[{{'@value':'y'}}],'urn:p':[{{'{property}':[{{'@value':'x'}}]}}]}}]");

    [Theory]
    [InlineData("'@context':[{'@protected':true,'a':'urn:a'},null]", "/@context/1")]
    [InlineData("'@context':{'@protected':true,'a':'urn:a'},'urn:p':{'@context':null}", "/urn:p/@context")]
    [InlineData("'@context':{'@protected':true,'T':{'@id':'urn:T','@context':null}},'@type':'T'", "/@type")]
    public void A_null_context_cannot_forget_protected_terms(string entries, string path)
    {
        var refusal = Assert.Throws<JsonLdException>(() => Ld.Expand($"{{{entries}}}"));

        Assert.Equal((JsonLdErrors.InvalidContextNullification, path), (refusal.Code, refusal.Path));
    }

    private static void Expands(string context, string entries, string expected) =>
        Assert.Equal(Ld.Canonical(expected), Ld.Expand(Ld.Document(context, entries)));
}
