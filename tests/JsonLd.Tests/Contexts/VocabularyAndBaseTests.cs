namespace CitiesOfLearning.JsonLd.Tests.Contexts;

/// <summary>https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm, 5.7 and 5.8.</summary>
public sealed class VocabularyAndBaseTests
{
    [Theory]
    [InlineData("{'@vocab':'urn:v:'}", "urn:v:name")]
    [InlineData("{'@vocab':'urn:v:','name':'urn:other'}", "urn:other")]
    [InlineData("{'@vocab':''}", "http://base.example/dir/docname")]
    [InlineData("{'@vocab':'#'}", "http://base.example/dir/doc#name")]
    [InlineData("{'@base':'http://other.example/','@vocab':'v/'}", "http://other.example/v/name")]
    [InlineData("[{'@vocab':'urn:v:'},{'@vocab':'w/'}]", "urn:v:w/name")]
    [InlineData("[{'v':'urn:v:'},{'@vocab':'v:w/'}]", "urn:v:w/name")]
    [InlineData("[{'v':'urn:v:'},{'@vocab':'v'}]", "urn:v:name")]
    public void A_name_without_a_term_is_of_the_vocabulary(string context, string property) =>
        Assert.Equal(Ld.Canonical($"[{{'{property}':[{{'@value':'x'}}]}}]"), Ld.Expand(Ld.Document(context, "'name':'x'")));

    [Theory]
    [InlineData("@vocab", "urn:v:x")]
    [InlineData("@id", "http://base.example/dir/x")]
    public void A_reference_is_of_the_vocabulary_only_where_its_term_says_so(string type, string id) =>
        Assert.Equal(
            Ld.Canonical($"[{{'urn:v:p':[{{'@id':'{id}'}}]}}]"),
            Ld.Expand(Ld.Document($"{{'@vocab':'urn:v:','p':{{'@type':'{type}'}}}}", "'p':'x'")));

    [Fact]
    public void Without_a_vocabulary_again_a_name_means_nothing() =>
        Assert.Equal("[]", Ld.Expand(Ld.Document("[{'@vocab':'urn:v:'},{'@vocab':null}]", "'name':'x'"), Ld.Unsafe));

    [Theory]
    [InlineData("{}", "c", "http://base.example/dir/c")]
    [InlineData("{}", "", "http://base.example/dir/doc")]
    [InlineData("{}", "#f", "http://base.example/dir/doc#f")]
    [InlineData("{'@base':'http://other.example/a/b'}", "c", "http://other.example/a/c")]
    [InlineData("{'@base':'sub/'}", "c", "http://base.example/dir/sub/c")]
    [InlineData("[{'@base':'sub/'},{'@base':'more/'}]", "c", "http://base.example/dir/sub/more/c")]
    [InlineData("[{'@base':'http://other.example/'},null]", "c", "http://base.example/dir/c")]
    [InlineData("{'@base':'http://other.example/'}", "urn:a", "urn:a")]
    public void A_reference_is_resolved_against_the_base(string context, string id, string expected) =>
        Assert.Equal(
            Ld.Canonical($"[{{'@id':'{expected}','urn:p':[{{'@value':'x'}}]}}]"),
            Ld.Expand(Ld.Document(context, $"'@id':'{id}','urn:p':'x'")));

    [Fact]
    public void Without_a_base_a_reference_stays_as_it_is() =>
        Assert.Equal(
            Ld.Canonical("[{'@id':'../c','urn:p':[{'@value':'x'}]}]"),
            Ld.Expand(Ld.Document("{'@base':null}", "'@id':'../c','urn:p':'x'"), Ld.Unsafe));
}
