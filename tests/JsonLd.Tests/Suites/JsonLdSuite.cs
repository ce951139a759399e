using System.Text.Json;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.JsonLd.Tests.Suites;

/// <summary>One part of the published test suite of the JSON-LD 1.1 API (w3c/json-ld-api), as its manifest describes it.</summary>
internal sealed class JsonLdSuite
{
    private const string BaseIri = "https://w3c.github.io/json-ld-api/tests/";

    private readonly string _name;
    private readonly Dictionary<string, JsonElement> _cases;

    private JsonLdSuite(string name)
    {
        _name = name;
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Corpus.At($"json-ld-api/{name}-manifest.jsonld")));
        _cases = manifest.RootElement
            .GetProperty("sequence")
            .EnumerateArray()
            .ToDictionary(c => c.GetProperty("@id").GetString()![1..], c => c.Clone());
    }

    public static JsonLdSuite Load(string name) => new(name);

    public static ContextStore Store { get; } = new(url => url.StartsWith(BaseIri, StringComparison.Ordinal)
        && File.Exists(PathOf(url[BaseIri.Length..]))
        ? File.ReadAllBytes(PathOf(url[BaseIri.Length..]))
        : null);

    public JsonElement this[string id] => _cases[id];

    /// <summary>
    /// Runs every case but those left out, which must be exactly those that the manifest says are not for JSON-LD 1.1, by their names.
    /// </summary>
    /// <param name="faultOf">Null where the case passes.</param>
    public void Run(int total, IReadOnlyList<LeftOutCase> leftOut, Func<JsonLdSuite, string, string?> faultOf, ITestOutputHelper output)
    {
        var notFor11 = _cases.Where(c => !IsFor11(c.Key)).Select(c => $"{c.Key} {c.Value.GetProperty("name").GetString()}");
        Assert.Equal(notFor11.Order(StringComparer.Ordinal), leftOut.Select(c => $"{c.Id} {c.Name}").Order(StringComparer.Ordinal));
        Assert.Equal(total, _cases.Count);

        var applicable = _cases.Keys.Except(leftOut.Select(c => c.Id)).ToArray();
        var faults = applicable
            .Select(id => (Id: id, Fault: faultOf(this, id)))
            .Where(c => c.Fault is not null)
            .Select(c => $"{c.Id}: {c.Fault}").ToArray();

        output.WriteLine(
            $"{_name}: {applicable.Length - faults.Length} of {applicable.Length} applicable, {leftOut.Count} left out of {_cases.Count}:");
        foreach (var (id, name, reason) in leftOut)
        {
            output.WriteLine($"  {id}, {name}: {reason}");
        }

        Assert.True(faults.Length == 0, string.Join("\n", faults));
    }

    public bool IsOf(string id, string type) => _cases[id].GetProperty("@type").EnumerateArray().Any(t => t.ValueEquals($"jld:{type}"));

    public byte[] Input(string id) => File.ReadAllBytes(PathOf(_cases[id].GetProperty("input").GetString()!));

    public byte[] Expected(string id) => File.ReadAllBytes(PathOf(_cases[id].GetProperty("expect").GetString()!));

    public JsonLdOptions Options(string id) => new(
        Option(id, "base") ?? BaseIri + _cases[id].GetProperty("input").GetString(),
        Safe: false,
        Option(id, "rdfDirection") switch
        {
            "i18n-datatype" => RdfDirection.I18nDatatype,
            "compound-literal" => RdfDirection.CompoundLiteral,
            _ => RdfDirection.None,
        },
        Option(id, "expandContext") is { } context ? File.ReadAllBytes(PathOf(context)) : default);

    private bool IsFor11(string id) =>
        Option(id, "specVersion") != "json-ld-1.0"
            && Option(id, "processingMode") != "json-ld-1.0"
            && Option(id, "produceGeneralizedRdf") != "True";

    private string? Option(string id, string name) =>
        _cases[id].TryGetProperty("option", out var options) && options.TryGetProperty(name, out var option) ? option.ToString() : null;

    private static string PathOf(string file) => Corpus.At("json-ld-api/" + file);
}
