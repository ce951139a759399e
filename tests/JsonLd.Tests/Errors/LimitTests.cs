namespace CitiesOfLearning.JsonLd.Tests.Errors;

/// <summary>Each of <see cref="JsonLdLimits"/>: what just fits, and what is one too much.</summary>
public sealed class LimitTests
{
    [Fact]
    public void The_limits_are_these() => Assert.Equal(new JsonLdLimits(64, 100_000, 16, 500_000, 1000, 50_000_000), new JsonLdLimits());

    public static TheoryData<string> Shapes =>
    [
        "{'urn:p':*}", "{'urn:p':[*]}", "{'urn:p':{'@list':*}}", "{'@nest':*}", "{'urn:p':{'@set':[*]}}", "{'@reverse':{'urn:p':*}}",
        "{'@included':*}",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Depth_is_the_objects_and_arrays_inside_each_other(string shape)
    {
        var perLevel = shape.Count(c => c is '{' or '[');
        var fits = Nested(shape, 60 / perLevel);
        var limits = new JsonLdLimits(Depth: (60 / perLevel * perLevel) + 1);

        Assert.NotEmpty(Ld.ExpandAsIs(fits, limits: limits));
        IsRefused(fits, limits with { Depth = limits.Depth - 1 });
    }

    [Fact]
    public void Depth_is_the_terms_that_need_each_other_too()
    {
        static string Prefixes(int count) => $"{{'@context':{{{PrefixesOfPrefixes(count)}}},'t{count}:a':'x'}}";
        static string Scoped(int count) => $"{{'@context':{Nested("{'a':{'@id':'urn:a','@context':*}}", count, "{}")},'urn:p':'x'}}";

        Assert.NotEmpty(Ld.ExpandAsIs(Prefixes(63)));
        IsRefused(Prefixes(64), new JsonLdLimits());
        Assert.NotEmpty(Ld.ExpandAsIs(Scoped(64)));
        IsRefused(Scoped(65), new JsonLdLimits());
    }

    [Fact]
    public void However_deep_a_context_goes_it_is_refused_and_not_followed()
    {
        IsRefused($"{{'@context':{{{PrefixesOfPrefixes(100_000)}}}}}", new JsonLdLimits());
        IsRefused($"{{'@context':{Nested("{'a':{'@id':'urn:a','@context':*}}", 5_000, "{}")}}}", new JsonLdLimits());
        IsRefused($"{{'urn:p':{Nested("[*]", 5_000, "'x'")}}}", new JsonLdLimits());
    }

    [Fact]
    public void Nodes_are_objects_and_values()
    {
        // The document, two objects, three values, a language map's two and an id.
        const string Document = """
            {'@context':{'l':{'@id':'urn:l','@container':'@language'},'i':{'@id':'urn:i','@type':'@id'}},
             'urn:p':[{'urn:q':['x',1,true]},{'@id':'urn:o'}],'l':{'en':'x','cy':'y'},'i':'urn:o'}
            """;

        Assert.NotEmpty(Ld.ExpandAsIs(Document, limits: new JsonLdLimits(Nodes: 9)));
        IsRefused(Document, new JsonLdLimits(Nodes: 8));
    }

    [Fact]
    public void Remote_contexts_are_those_that_load_each_other()
    {
        static ContextStore Chain(int length) =>
            Ld.Contexts(Enumerable.Range(1, length).ToDictionary(
                i => $"urn:{i}", i => i == length ? "{'@context':{'a':'urn:a'}}" : $"{{'@context':'urn:{i + 1}'}}"));
        const string Document = "{'@context':'urn:1','a':'x'}";

        var refusal = Assert.Throws<JsonLdException>(() => Ld.ExpandAsIs(Document, contexts: Chain(17)));

        Assert.Equal((JsonLdErrors.ContextOverflow, "/@context"), (refusal.Code, refusal.Path));
        Assert.Contains("urn:17", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Ld.ExpandAsIs(Document, contexts: Chain(16)));
        Assert.NotEmpty(
            Ld.ExpandAsIs("{'@context':['urn:1','urn:1'],'a':'x'}", contexts: Chain(1), limits: new JsonLdLimits(RemoteContexts: 1)));
    }

    [Fact]
    public void Context_work_is_terms_defined_and_copied()
    {
        // One for each context, one for each term, and two that the second context copies.
        const string Document = "{'@context':[{'a':'urn:a','b':'urn:b'},{'c':'urn:c'}],'a':'x'}";

        Assert.NotEmpty(Ld.ExpandAsIs(Document, limits: new JsonLdLimits(ContextWork: 7)));
        IsRefused(Document, new JsonLdLimits(ContextWork: 6));
    }

    [Theory]
    [InlineData("{'@context':{'a':'urn:*'}}")]
    [InlineData("{'@context':{'@vocab':'urn:*'}}")]
    [InlineData("{'@context':{'@base':'urn:*'}}")]
    [InlineData("{'@context':{'a':{'@reverse':'urn:*'}}}")]
    [InlineData("{'@context':{'urn:*':{'@type':'@id'}}}")]
    public void An_IRI_of_a_context_has_a_greatest_length(string document)
    {
        Assert.NotEmpty(Ld.ExpandAsIs(document.Replace("*", new string('a', 996), StringComparison.Ordinal), Ld.Unsafe));
        IsRefused(document.Replace("*", new string('a', 997), StringComparison.Ordinal), new JsonLdLimits());
    }

    [Fact]
    public void An_IRI_of_the_document_itself_may_be_as_long_as_an_image_in_it() =>
        Assert.NotEmpty(Ld.ToRdf($"{{'@id':'data:image/png;base64,{new string('A', 1_000_000)}','urn:p':'x'}}"));

    [Fact]
    public void Text_is_the_characters_of_all_statements()
    {
        // <urn:s> <urn:p> "x"^^<urn:d>, and <urn:s> <urn:p> "yy"@cy in the graph <urn:g>.
        const string Document =
            "{'@id':'urn:g','@graph':[{'@id':'urn:s','urn:p':[{'@value':'x','@type':'urn:d'},{'@value':'yy','@language':'cy'}]}]}";
        var characters =
            "urn:surn:pxurn:durn:g".Length + "urn:surn:pyycyurn:g".Length + "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString".Length;

        Assert.NotEmpty(Ld.ToRdf(Document, limits: new JsonLdLimits(Text: characters)));
        var refusal = Assert.Throws<JsonLdException>(() => Ld.ToRdf(Document, limits: new JsonLdLimits(Text: characters - 1)));
        Assert.Equal((JsonLdErrors.LimitExceeded, "/@graph/0"), (refusal.Code, refusal.Path));
    }

    private static string Nested(string shape, int depth, string innermost = "{'urn:p':'x'}")
    {
        var around = shape.Split('*');
        return string.Concat(Enumerable.Repeat(around[0], depth)) + innermost + string.Concat(Enumerable.Repeat(around[1], depth));
    }

    private static string PrefixesOfPrefixes(int count) =>
        string.Concat(Enumerable.Range(1, count).Reverse().Select(i => $"'t{i}':'t{i - 1}:',")) + "'t0':'urn:'";

    private static void IsRefused(string document, JsonLdLimits limits) =>
        Assert.Equal(
            JsonLdErrors.LimitExceeded, Assert.Throws<JsonLdException>(() => Ld.ExpandAsIs(document, Ld.Unsafe, limits: limits)).Code);
}
