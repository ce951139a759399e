using System.Text;

namespace CitiesOfLearning.JsonLd.Tests.Contexts;

/// <summary>Processed contexts are kept: the second document needs no work for them, whoever reads it.</summary>
public sealed class KeptContextTests
{
    private static readonly JsonLdLimits NoWork = new(ContextWork: 0);

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["urn:one"] = "{'@context':['urn:two',{'@protected':true,'p':{'@id':'urn:p','@context':{'q':'urn:q'}}}]}",
        ["urn:two"] = "{'@context':{'id':'@id','type':'@type','T':{'@id':'urn:T','@context':{'name':'urn:name'}}}}",
    };

    private static readonly JsonLdOptions NoBase = new();

    private const string Document =
        "{'@context':['urn:two','urn:one'],'id':'urn:s','type':'T','name':'x','p':{'q':'y','p':{'type':'T','name':'z'}}}";

    [Fact]
    public void The_second_document_costs_no_work_for_contexts_and_says_the_same()
    {
        var contexts = Ld.Contexts(Texts);
        Assert.Equal(
            JsonLdErrors.LimitExceeded,
            Assert.Throws<JsonLdException>(() => Ld.ToRdf(Document, NoBase, contexts: contexts, limits: NoWork)).Code);
        var first = Ld.ToRdf(Document, NoBase, contexts: contexts);

        Assert.Equal(first, Ld.ToRdf(Document, NoBase, contexts: contexts, limits: NoWork));
        Assert.Equal(
            "<urn:s> <urn:name> 'w' .",
            Ld.ToRdf("{'@context':'urn:two','id':'urn:s','@nest':{'urn:name':'w'}}", NoBase, contexts: contexts, limits: NoWork));
    }

    [Fact]
    public void A_context_is_read_once()
    {
        var reads = new List<string>();
        var contexts = new ContextStore(url =>
        {
            reads.Add(url);
            return Texts.TryGetValue(url, out var text) ? Encoding.UTF8.GetBytes(text.Replace('\'', '"')) : null;
        });

        for (var i = 0; i < 3; i++)
        {
            Ld.ToRdf(Document, NoBase, contexts: contexts);
        }

        Assert.Equal(["urn:two", "urn:one"], reads);
    }

    [Theory]
    [InlineData("'urn:two',{'name':'urn:mine'}", "<urn:s> <urn:mine> 'x' .")]
    [InlineData("'urn:two',{'@vocab':'urn:v:'}", "<urn:s> <urn:v:name> 'x' .")]
    public void What_a_document_says_itself_is_not_kept_for_the_next(string context, string nquads)
    {
        var contexts = Ld.Contexts(Texts);
        var document = $"{{'@context':[{context}],'id':'urn:s','name':'x'}}";

        Assert.Equal(nquads, Ld.ToRdf(document, NoBase, contexts: contexts));
        var refusal = Assert.Throws<JsonLdException>(() => Ld.ToRdf("{'@context':'urn:two','id':'urn:s','name':'x'}", NoBase, contexts));

        Assert.Equal((JsonLdErrors.WouldBeDropped, "/name"), (refusal.Code, refusal.Path));
        Assert.Equal(nquads, Ld.ToRdf(document, NoBase, contexts: contexts));
    }

    [Fact]
    public void A_documents_base_is_its_own()
    {
        var contexts = Ld.Contexts(Texts);
        const string Relative = "{'@context':'urn:two','id':'n','urn:p':'x'}";

        Assert.Equal("<http://a.example/n> <urn:p> 'x' .", Ld.ToRdf(Relative, new JsonLdOptions("http://a.example/"), contexts));
        Assert.Equal("<http://b.example/n> <urn:p> 'x' .", Ld.ToRdf(Relative, new JsonLdOptions("http://b.example/"), contexts));
        Assert.Throws<JsonLdException>(() => Ld.ToRdf(Relative, new JsonLdOptions(), contexts));
    }

    [Fact]
    public void Eight_threads_that_begin_together_make_the_same_statements()
    {
        var expected = Ld.ToRdf(Document, NoBase, contexts: Ld.Contexts(Texts));

        for (var round = 0; round < 50; round++)
        {
            var contexts = Ld.Contexts(Texts);
            using var start = new Barrier(8);
            var results = new string[8];
            var threads = Enumerable.Range(0, 8).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                results[i] = Ld.ToRdf(Document, NoBase, contexts: contexts);
            })).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());

            Assert.All(results, r => Assert.Equal(expected, r));
        }
    }
}
