using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.Tests.Suites;

public sealed class ToRdfSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public void The_published_suite_of_deserialization_to_RDF_passes()
    {
        JsonLdSuite.Load("toRdf").Run(total: 467, LeftOut.ToRdf, FaultOf, output);
    }

    private static string? FaultOf(JsonLdSuite suite, string id)
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
            return e.Code == suite[id].GetProperty("expectErrorCode").GetString()
                ? null
                : $"{e.Message}, wanted {suite[id].GetProperty("expectErrorCode")}";
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
