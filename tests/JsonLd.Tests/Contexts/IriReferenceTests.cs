namespace CitiesOfLearning.JsonLd.Tests.Contexts;

public sealed class IriReferenceTests
{
    /// <summary>RFC 3986, 5.4.1 and 5.4.2 (https://www.rfc-editor.org/rfc/rfc3986#section-5.4).</summary>
    [Theory]
    [InlineData("g:h", "g:h")]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q#s")]
    [InlineData("g#s", "http://a/b/c/g#s")]
    [InlineData("g?y#s", "http://a/b/c/g?y#s")]
    [InlineData(";x", "http://a/b/c/;x")]
    [InlineData("g;x", "http://a/b/c/g;x")]
    [InlineData("g;x?y#s", "http://a/b/c/g;x?y#s")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("./", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../", "http://a/")]
    [InlineData("../../g", "http://a/g")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("../../../../g", "http://a/g")]
    [InlineData("/./g", "http://a/g")]
    [InlineData("/../g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData(".g", "http://a/b/c/.g")]
    [InlineData("g..", "http://a/b/c/g..")]
    [InlineData("..g", "http://a/b/c/..g")]
    [InlineData("./../g", "http://a/b/g")]
    [InlineData("./g/.", "http://a/b/c/g/")]
    [InlineData("g/./h", "http://a/b/c/g/h")]
    [InlineData("g/../h", "http://a/b/c/h")]
    [InlineData("g;x=1/./y", "http://a/b/c/g;x=1/y")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("g?y/./x", "http://a/b/c/g?y/./x")]
    [InlineData("g?y/../x", "http://a/b/c/g?y/../x")]
    [InlineData("g#s/./x", "http://a/b/c/g#s/./x")]
    [InlineData("g#s/../x", "http://a/b/c/g#s/../x")]
    [InlineData("http:g", "http:g")]
    public void The_examples_of_RFC_3986_come_out_as_it_says(string reference, string resolved) =>
        Assert.Equal(resolved, Resolve("http://a/b/c/d;p?q", reference));

    [Theory]
    [InlineData("http://a", "g", "http://a/g")]
    [InlineData("http://a?q", "g", "http://a/g")]
    [InlineData("http://a", "", "http://a")]
    [InlineData("http://a/b//c", "..", "http://a/b/")]
    [InlineData("http://a/b/c/", "..//g", "http://a/b//g")]
    [InlineData("http://a/b", "..//g", "http://a//g")]
    [InlineData("urn:x:y", "#f", "urn:x:y#f")]
    [InlineData("urn:x/y", "z", "urn:x/z")]
    [InlineData("file:///a/b", "c", "file:///a/c")]
    [InlineData("http://a/ŷ/b", "ø", "http://a/ŷ/ø")]
    [InlineData("http://a/b#f", "?q", "http://a/b?q")]
    public void Bases_of_other_shapes_are_resolved_by_the_same_rules(string baseIri, string reference, string resolved) =>
        Assert.Equal(resolved, Resolve(baseIri, reference));

    [Theory]
    [InlineData("urn:a", true)]
    [InlineData("urn:ŷ#f", true)]
    [InlineData("urn:a b", false)]
    [InlineData("urn:a<b", false)]
    [InlineData("urn:a\\\"b", false)]
    [InlineData("urn:a\\\\b", false)]
    [InlineData("urn:a\\nb", false)]
    [InlineData("urn:a#b#c", false)]
    public void An_IRI_with_a_character_that_N_Quads_cannot_hold_is_none(string iri, bool isKept) =>
        Assert.Equal(isKept ? $"<{iri}> <urn:p> <urn:o> ." : "", Ld.ToRdf($"{{'@id':'{iri}','urn:p':{{'@id':'urn:o'}}}}", Ld.Unsafe));

    private static string Resolve(string baseIri, string reference)
    {
        using var expanded = Ld.Parse(Ld.Expand($"{{'@id':'{reference}','urn:p':'x'}}", new JsonLdOptions(baseIri)));
        return expanded.RootElement[0].GetProperty("@id").GetString()!;
    }
}
