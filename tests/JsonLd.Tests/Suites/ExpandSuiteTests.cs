using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Tests.Suites;

public sealed class ExpandSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public void The_published_expansion_suite_passes()
    {
        JsonLdSuite.Load("expand").Run(total: 385, LeftOut.Expand, FaultOf, output);
    }

    private static string? FaultOf(JsonLdSuite suite, string id)
    {
        try
        {
            var expanded = Expand(suite, id);
            return suite.IsOf(id, "NegativeEvaluationTest") ? $"no error, wanted {suite[id].GetProperty("expectErrorCode")}"
                : SameJson.Of(expanded) == SameJson.Of(suite.Expected(id)) ? null
                : $"got {System.Text.Encoding.UTF8.GetString(expanded)}";
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

    private static byte[] Expand(JsonLdSuite suite, string id)
    {
        using var document = JsonDocument.Parse(suite.Input(id));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            new JsonLdProcessor(JsonLdSuite.Store).Expand(document.RootElement, writer, suite.Options(id));
        }

        return buffer.ToArray();
    }
}
