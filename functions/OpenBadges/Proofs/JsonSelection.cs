using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// Parts of a document, chosen by JSON Pointers (RFC 6901), with the ids and types on the way to them:
/// https://www.w3.org/TR/vc-di-ecdsa/#selectjsonld. An array keeps what is chosen of it, in its order.
/// </summary>
internal sealed class JsonSelection
{
    private readonly JsonElement _source;
    private readonly Dictionary<string, JsonSelection> _members = new(StringComparer.Ordinal);
    private bool _isWhole;

    private JsonSelection(JsonElement source) => _source = source;

    /// <returns>Null if nothing is chosen.</returns>
    /// <exception cref="ArgumentException">A pointer leads nowhere in the document.</exception>
    public static JsonElement? Select(JsonElement document, IReadOnlyList<string> pointers)
    {
        // 1.
        if (pointers.Count == 0)
        {
            return null;
        }

        // 2. to 5.
        var selection = new JsonSelection(document);
        foreach (var pointer in pointers)
        {
            selection.Add(pointer);
        }

        // 6. and 7.
        var utf8 = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(utf8))
        {
            selection.Write(json, isRoot: true);
        }

        return JsonElement.Parse(utf8.WrittenSpan);
    }

    /// <summary>selectPaths (#selectpaths).</summary>
    private void Add(string pointer)
    {
        // Not a pointer at all; taken for the empty one, it would choose everything.
        if (pointer is not ("" or ['/', ..]))
        {
            throw new ArgumentException($"{pointer} is no JSON Pointer.");
        }

        var selected = this;
        foreach (var path in Paths(pointer))
        {
            if (!selected._members.TryGetValue(path, out var next))
            {
                next = new JsonSelection(Member(selected._source, path)
                    ?? throw new ArgumentException($"{pointer} leads nowhere in the document."));
                selected._members.Add(path, next);
            }

            selected = next;
        }

        selected._isWhole = true;
    }

    /// <summary>jsonPointerToPaths (#jsonpointertopaths).</summary>
    private static IEnumerable<string> Paths(string pointer) =>
        pointer.Split('/').Skip(1).Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    private static JsonElement? Member(JsonElement parent, string path) => parent.ValueKind switch
    {
        JsonValueKind.Object when parent.TryGetProperty(path, out var member) => member,
        JsonValueKind.Array when int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < parent.GetArrayLength() && path == index.ToString(CultureInfo.InvariantCulture) => parent[index],
        _ => null,
    };

    private void Write(Utf8JsonWriter json, bool isRoot)
    {
        if (_isWhole)
        {
            _source.WriteTo(json);
        }
        else if (_source.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (var index in _members.OrderBy(m => int.Parse(m.Key, CultureInfo.InvariantCulture)))
            {
                index.Value.Write(json, isRoot: false);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteStartObject();
            foreach (var member in _source.EnumerateObject())
            {
                if (_members.TryGetValue(member.Name, out var chosen))
                {
                    json.WritePropertyName(member.Name);
                    chosen.Write(json, isRoot: false);
                }
                else if (IsInitial(member) || (isRoot && member.NameEquals("@context"u8)))
                {
                    member.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }
    }

    /// <summary>createInitialSelection (#createinitialselection): an id that is an address, and the types.</summary>
    private static bool IsInitial(JsonProperty member) => member.Name switch
    {
        "id" or "@id" =>
            member.Value.ValueKind == JsonValueKind.String && !member.Value.GetString()!.StartsWith("_:", StringComparison.Ordinal),
        "type" or "@type" => true,
        _ => false,
    };
}
