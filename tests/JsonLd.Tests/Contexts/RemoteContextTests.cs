namespace CitiesOfLearning.JsonLd.Tests.Contexts;

/// <summary>https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm, 5.2 and 5.6.</summary>
public sealed class RemoteContextTests
{
    private static readonly ContextStore Store = Ld.Contexts(new()
    {
        ["http://base.example/dir/near"] = "{'@context':{'a':'urn:a'},'@id':'urn:ignored','@type':'nothing'}",
        ["http://c.example/a"] = "{'@context':{'a':'urn:a','b':'urn:old'}}",
        ["http://c.example/dir/b"] = "{'@context':['../a',{'b':'urn:b'}]}",
        ["http://c.example/base"] = "{'@context':{'@base':'http://wrong.example/','a':'urn:a'}}",
        ["http://c.example/self"] = "{'@context':{'a':{'@id':'urn:a','@context':'self'}}}",
        ["http://c.example/scoped"] = "{'@context':{'a':{'@id':'urn:a','@context':'dir/b'}}}",
        ["http://c.example/language"] = "{'@context':{'@language':'cy','@vocab':'urn:'}}",
    });

    [Theory]
    [InlineData("'near'", "'a':'x'", "[{'urn:a':[{'@value':'x'}]}]")]
    [InlineData("'http://c.example/a'", "'a':'x'", "[{'urn:a':[{'@value':'x'}]}]")]
    [InlineData("'http://c.example/dir/b'", "'a':'x','b':'y'", "[{'urn:a':[{'@value':'x'}],'urn:b':[{'@value':'y'}]}]")]
    [InlineData(
        "['http://c.example/dir/b',{'a':'urn:mine'}]", "'a':'x','b':'y'", "[{'urn:mine':[{'@value':'x'}],'urn:b':[{'@value':'y'}]}]")]
    [InlineData("[{'a':'urn:mine'},'http://c.example/dir/b']", "'a':'x','b':'y'", "[{'urn:a':[{'@value':'x'}],'urn:b':[{'@value':'y'}]}]")]
    [InlineData("'http://c.example/self'", "'a':{'a':{'a':'x'}}", "[{'urn:a':[{'urn:a':[{'urn:a':[{'@value':'x'}]}]}]}]")]
    [InlineData("'http://c.example/scoped'", "'a':{'b':'x'}", "[{'urn:a':[{'urn:b':[{'@value':'x'}]}]}]")]
    public void A_context_is_found_by_its_address_which_may_be_relative_to_what_refers_to_it(
        string context, string entries, string expected) =>
        Expands(context, entries, expected);

    [Fact]
    public void A_remote_context_has_no_say_in_the_base() =>
        Expands("'http://c.example/base'", "'@id':'n','a':'x'", "[{'@id':'http://base.example/dir/n','urn:a':[{'@value':'x'}]}]");

    [Theory]
    [InlineData("{'@import':'http://c.example/a'}", "'b':'x'", "[{'urn:old':[{'@value':'x'}]}]")]
    [InlineData("{'@import':'http://c.example/a','b':'urn:b'}", "'a':'x','b':'y'", "[{'urn:a':[{'@value':'x'}],'urn:b':[{'@value':'y'}]}]")]
    [InlineData("{'b':'urn:b','@import':'http://c.example/a'}", "'b':'y'", "[{'urn:b':[{'@value':'y'}]}]")]
    [InlineData("{'@import':'http://c.example/language','@language':'en'}", "'a':'x'", "[{'urn:a':[{'@value':'x','@language':'en'}]}]")]
    [InlineData("{'@import':'http://c.example/language','@language':null}", "'a':'x'", "[{'urn:a':[{'@value':'x'}]}]")]
    public void An_import_gives_what_the_context_does_not_say_itself(string context, string entries, string expected) =>
        Expands(context, entries, expected);

    [Fact]
    public void What_is_imported_into_a_protected_context_is_protected()
    {
        var refusal = Assert.Throws<JsonLdException>(() =>
            Ld.Expand("{'@context':[{'@import':'http://c.example/a','@protected':true},{'a':'urn:other'}]}", contexts: Store));

        Assert.Equal((JsonLdErrors.ProtectedTermRedefinition, "/@context/1/a"), (refusal.Code, refusal.Path));
    }

    [Fact]
    public void An_unknown_address_is_an_error_that_names_it()
    {
        var refusal = Assert.Throws<JsonLdException>(() => Ld.Expand("{'@context':['near','http://unknown.example/c']}", contexts: Store));

        Assert.Equal((JsonLdErrors.LoadingRemoteContextFailed, "/@context/1"), (refusal.Code, refusal.Path));
        Assert.Contains("http://unknown.example/c", refusal.Message, StringComparison.Ordinal);
    }

    private static void Expands(string context, string entries, string expected) =>
        Assert.Equal(Ld.Canonical(expected), Ld.Expand(Ld.Document(context, entries), contexts: Store));
}
