using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Rdf;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.JsonLd.Tests.Suites;

public sealed class ToRdfSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public void The_published_suite_of_deserialization_to_RDF_passes()
    {
        Assert.SkipUnless(Corpus.IsPresent, Corpus.Absent);
        var suite = JsonLdSuite.Load("toRdf");

        var failures = new List<string>();
        var applicable = suite.Ids.Where(id => !LeftOut.Reasons("toRdf", suite, id).Any()).ToArray();
        foreach (var id in applicable)
        {
            if (Failure(suite, id) is { } failure)
            {
                failures.Add($"{id}: {failure}");
            }
        }

        output.WriteLine($"toRdf: {applicable.Length - failures.Count} passed of {applicable.Length} applicable, {suite.Ids.Count()} in all");
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static string? Failure(JsonLdSuite suite, string id)
    {
        try
        {
            var quads = ToRdf(suite, id);
            return suite.IsOf(id, "NegativeEvaluationTest") ? $"no error, wanted {suite[id].GetProperty("expectErrorCode")}"
                : suite.IsOf(id, "PositiveSyntaxTest") || Canonical(quads) == Canonical(NQuadsParser.Parse(suite.Expected(id))) ? null
                : $"got {Canonical(quads)}, wanted {Canonical(NQuadsParser.Parse(suite.Expected(id)))}";
        }
        catch (JsonLdException e) when (suite.IsOf(id, "NegativeEvaluationTest"))
        {
            return e.Code == suite[id].GetProperty("expectErrorCode").GetString() ? null : $"{e.Message}, wanted {suite[id].GetProperty("expectErrorCode")}";
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private static IReadOnlyList<Quad> ToRdf(JsonLdSuite suite, string id)
    {
        using var document = JsonDocument.Parse(suite.Input(id));
        return new JsonLdProcessor(JsonLdSuite.Store).ToRdf(document.RootElement, suite.Options(id));
    }

    private static string Canonical(IReadOnlyList<Quad> quads) => Encoding.UTF8.GetString(Rdfc10.Canonicalize(quads).NQuads.Span);
}
