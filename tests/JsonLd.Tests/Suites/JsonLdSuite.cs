using System.Text.Json;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.JsonLd.Tests.Suites;

/// <summary>One case of the published test suite of the JSON-LD 1.1 API (w3c/json-ld-api), as its manifest describes it.</summary>
internal sealed class JsonLdSuite
{
    private const string BaseIri = "https://w3c.github.io/json-ld-api/tests/";

    private readonly Dictionary<string, JsonElement> _cases;

    private JsonLdSuite(string name)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Corpus.At($"json-ld-api/{name}-manifest.jsonld")));
        _cases = manifest.RootElement.GetProperty("sequence").EnumerateArray().ToDictionary(c => c.GetProperty("@id").GetString()![1..], c => c.Clone());
    }

    public static JsonLdSuite Load(string name) => new(name);

    public IEnumerable<string> Ids => _cases.Keys;

    public static ContextStore Store { get; } = new(url => url.StartsWith(BaseIri, StringComparison.Ordinal) && File.Exists(PathOf(url[BaseIri.Length..]))
        ? File.ReadAllBytes(PathOf(url[BaseIri.Length..]))
        : null);

    public JsonElement this[string id] => _cases[id];

    public bool IsOf(string id, string type) => _cases[id].GetProperty("@type").EnumerateArray().Any(t => t.ValueEquals($"jld:{type}"));

    public string? Option(string id, string name) =>
        _cases[id].TryGetProperty("option", out var options) && options.TryGetProperty(name, out var option) ? option.ToString() : null;

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

    private static string PathOf(string file) => Corpus.At("json-ld-api/" + file);
}
