using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Expansion;

/// <summary>
/// An object of the expanded form: a node, value, list or set object. An entry's value is a <see cref="string"/>, a
/// <see cref="JsonElement"/> (a scalar or a JSON literal), an <see cref="ExpandedObject"/> or a list of these.
/// </summary>
internal sealed class ExpandedObject
{
    // Few entries are found faster by looking at each; many must not be.
    private const int Few = 16;

    private (string Key, object Value)[] _entries = new (string, object)[4];
    private Dictionary<string, int>? _index;

    public int Count { get; private set; }

    /// <summary>What in the document this came from; undefined where the processor made it.</summary>
    public JsonElement Source { get; init; }

    public ReadOnlySpan<(string Key, object Value)> Entries => _entries.AsSpan(0, Count);

    public bool IsValue => Has(Keywords.Value);

    public bool IsList => Has(Keywords.List);

    public bool IsNode => !Has(Keywords.Value) && !Has(Keywords.List) && !Has(Keywords.Set);

    /// <summary>https://www.w3.org/TR/json-ld11-api/#dfn-graph-object</summary>
    public bool IsGraph
    {
        get
        {
            foreach (var (key, _) in Entries)
            {
                if (key is not (Keywords.Graph or Keywords.Id or Keywords.Index))
                {
                    return false;
                }
            }

            return Has(Keywords.Graph);
        }
    }

    public string? Id => Find(Keywords.Id) as string;

    public static ExpandedObject With(string key, object value, JsonElement source = default)
    {
        var made = new ExpandedObject { Source = source };
        made.Set(key, value);
        return made;
    }

    public bool Has(string key) => Position(key) >= 0;

    public object? Find(string key) => Position(key) is >= 0 and var at ? _entries[at].Value : null;

    public void Set(string key, object value)
    {
        var at = Position(key);
        if (at >= 0)
        {
            _entries[at].Value = value;
            return;
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        _entries[Count] = (key, value);
        if (_index is not null)
        {
            _index[key] = Count;
        }
        else if (Count == Few)
        {
            _index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i <= Count; i++)
            {
                _index[_entries[i].Key] = i;
            }
        }

        Count++;
    }

    /// <summary>Adds to the list under the key; a list adds each of its items.</summary>
    public void Add(string key, object value)
    {
        var list = ListAt(key);
        if (value is List<object> values)
        {
            list.AddRange(values);
        }
        else
        {
            list.Add(value);
        }
    }

    public List<object> ListAt(string key)
    {
        switch (Find(key))
        {
            case List<object> list:
                return list;
            case { } single:
                List<object> wrapped = [single];
                Set(key, wrapped);
                return wrapped;
            default:
                List<object> empty = [];
                Set(key, empty);
                return empty;
        }
    }

    private int Position(string key)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out var at) ? at : -1;
        }

        for (var i = 0; i < Count; i++)
        {
            if (_entries[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }
}
