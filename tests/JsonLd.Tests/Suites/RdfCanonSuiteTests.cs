using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Rdf;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.JsonLd.Tests.Suites;

/// <summary>The published suite of RDFC-1.0 (https://w3c.github.io/rdf-canon/tests/).</summary>
public sealed class RdfCanonSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_published_case_of_RDFC_1_0_passes()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Corpus.At("rdf-canon/manifest.jsonld")));
        var cases = manifest.RootElement.GetProperty("entries").EnumerateArray().ToList();

        var failures = cases
            .Select(c => (Id: c.GetProperty("id").GetString()!, Fault: FaultOf(c)))
            .Where(c => c.Fault is not null)
            .ToList();

        output.WriteLine($"rdf-canon: {cases.Count - failures.Count} of {cases.Count}");
        Assert.Empty(failures);
        Assert.Equal(86, cases.Count);
    }

    private static string? FaultOf(JsonElement test)
    {
        var input = NQuadsParser.Parse(File.ReadAllBytes(At(test, "action")));
        var hash = test.TryGetProperty("hashAlgorithm", out var name) && name.GetString() == "SHA384" ? RdfHash.Sha384 : RdfHash.Sha256;
        switch (test.GetProperty("type").GetString())
        {
            case "rdfc:RDFC10EvalTest":
                var nquads = Rdfc10.Canonicalize(input, hash).NQuads.Span;
                return nquads.SequenceEqual(File.ReadAllBytes(At(test, "result"))) ? null : Encoding.UTF8.GetString(nquads);
            case "rdfc:RDFC10MapTest":
                var expected = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(At(test, "result")))!;
                var map = Rdfc10.Canonicalize(input, hash).IssuedIdentifiers;
                return map.ToHashSet().SetEquals(expected) ? null : string.Join(", ", map);
            case "rdfc:RDFC10NegativeEvalTest":
                var refusal = Record.Exception(() => Rdfc10.Canonicalize(input, hash)) as JsonLdException;
                return refusal?.Code == Rdfc10.WorkLimitExceeded ? null : "not refused";
            default:
                return "unknown type";
        }
    }

    private static string At(JsonElement test, string property) => Corpus.At($"rdf-canon/{test.GetProperty(property).GetString()}");
}
