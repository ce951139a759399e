using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Contexts;

/// <summary>A context definition as a document writes it, with what it imports merged in.</summary>
internal sealed class LocalContext
{
    private readonly Dictionary<string, JsonElement> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _defined = new(StringComparer.Ordinal);

    public LocalContext(JsonElement definition) => Add(definition);

    public IEnumerable<string> Terms => _entries.Keys.Where(k => k is not (
        Keywords.Base or Keywords.Direction or Keywords.Import or Keywords.Language
        or Keywords.Propagate or Keywords.Protected or Keywords.Version or Keywords.Vocab));

    /// <summary>Adds what is not there yet.</summary>
    public void Add(JsonElement definition)
    {
        foreach (var entry in definition.EnumerateObject())
        {
            _entries.TryAdd(entry.Name, entry.Value);
        }
    }

    public bool TryGet(string key, out JsonElement value) => _entries.TryGetValue(key, out value);

    public bool Has(string term) => _entries.ContainsKey(term);

    /// <summary>True once it is defined, false while it is, null before.</summary>
    public bool? IsDefined(string term) => _defined.TryGetValue(term, out var done) ? done : null;

    public void SetDefined(string term, bool done) => _defined[term] = done;
}
