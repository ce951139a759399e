namespace CitiesOfLearning.JsonLd.Tests.Suites;

/// <summary>Cases of the published suites that are not for a JSON-LD 1.1 processor in RDF 1.1, each by its manifest's own words.</summary>
internal static class LeftOut
{
    public static IEnumerable<string> Reasons(string suiteName, JsonLdSuite suite, string id)
    {
        if (suite.Option(id, "specVersion") == "json-ld-1.0")
        {
            yield return "a rule of JSON-LD 1.0 that 1.1 changed";
        }

        if (suite.Option(id, "processingMode") == "json-ld-1.0")
        {
            yield return "needs a 1.0 mode, which this processor does not have";
        }

        if (suite.Option(id, "produceGeneralizedRdf") == "True")
        {
            yield return "blank nodes as predicates are no RDF";
        }
    }
}
