using System.Text.Json;
using CitiesOfLearning.JsonLd.Contexts;

namespace CitiesOfLearning.JsonLd.Expansion;

/// <summary>https://www.w3.org/TR/json-ld11-api/#expansion-algorithm, for one document. The step numbers are its.</summary>
internal sealed partial class Expander(ContextProcessor contexts, JsonLdLimits limits, WorkBudget? budget, string? baseUrl)
{
    private int _depth;
    private int _nodes;

    private JsonPath Path => contexts.Path;

    private bool Safe => contexts.Safe;

    /// <returns>The items of the expanded document.</returns>
    public List<object> ExpandDocument(ActiveContext context, JsonElement document)
    {
        var expanded = Expand(context, null, document);

        // 18. and 19. of https://www.w3.org/TR/json-ld11-api/#dom-jsonldprocessor-expand
        if (expanded is ExpandedObject { Count: 1 } only && only.Find(Keywords.Graph) is { } graph)
        {
            expanded = graph;
        }

        return expanded switch
        {
            null => [],
            List<object> list => list,
            _ => [expanded],
        };
    }

    private object? Expand(ActiveContext active, string? property, JsonElement element, bool fromMap = false)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return null; // 1.
            case JsonValueKind.Array:
                return ExpandArray(active, property, element, fromMap);
            case JsonValueKind.Object:
                Enter();
                var result = ExpandObject(active, property, element, fromMap);
                _depth--;
                return result;
            default:
                return ExpandScalar(active, property, element);
        }
    }

    // 4.
    private object? ExpandScalar(ActiveContext active, string? property, JsonElement element)
    {
        if (property is null or Keywords.Graph)
        {
            return Drop("a value that belongs to nothing");
        }

        CountNode();
        var term = active.Find(property);
        if (term is { HasContext: true })
        {
            active = contexts.ApplyToProperty(active, term);
        }

        return ValueExpansion.Expand(active, term, element, element, Safe, Path);
    }

    // 5.
    private List<object> ExpandArray(ActiveContext active, string? property, JsonElement element, bool fromMap)
    {
        Enter();
        var isList = active.Find(property) is { } term && term.Container.HasFlag(Containers.List);
        var result = new List<object>(element.GetArrayLength());
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            Path.Push(index++);
            switch (Expand(active, property, item, fromMap))
            {
                case List<object> list when isList:
                    result.Add(ExpandedObject.With(Keywords.List, list));
                    break;
                case List<object> list:
                    result.AddRange(list);
                    break;
                case { } expanded:
                    result.Add(expanded);
                    break;
            }

            Path.Pop();
        }

        _depth--;
        return result;
    }

    private object? ExpandObject(ActiveContext active, string? property, JsonElement element, bool fromMap)
    {
        CountNode();
        var entries = Entries(element);
        var scope = active.Find(property);

        // 7.
        if (active.Previous is not null && !fromMap && !IsValueOrReference(active, entries))
        {
            active = active.Previous;
        }

        // 8.
        if (scope is { HasContext: true })
        {
            active = contexts.ApplyToProperty(active, scope);
        }

        // 9.
        foreach (var (key, value) in entries)
        {
            if (key == Keywords.Context)
            {
                Path.Push(key);
                active = contexts.Process(active, value, baseUrl);
                Path.Pop();
            }
        }

        // 10. to 12.
        var beforeTypes = active;
        (active, var inputType) = ApplyTypes(active, entries);

        // 13. and 14.
        var result = new ExpandedObject { Source = element };
        var place = new Place(active, beforeTypes, property, inputType);
        ExpandEntries(place, entries, result);

        return Finish(result, property);
    }

    private static (string Key, JsonElement Value)[] Entries(JsonElement element)
    {
        var entries = new (string, JsonElement)[element.GetPropertyCount()];
        var count = 0;
        foreach (var entry in element.EnumerateObject())
        {
            entries[count++] = (entry.Name, entry.Value);
        }

        return entries;
    }

    private static bool IsValueOrReference(ActiveContext active, (string Key, JsonElement Value)[] entries)
    {
        foreach (var (key, _) in entries)
        {
            if (IriExpansion.Expand(active, key, vocab: true) is var expanded
                && (expanded == Keywords.Value || (expanded == Keywords.Id && entries.Length == 1)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsType(ActiveContext active, string key) => key == Keywords.Type || active.Find(key)?.Iri == Keywords.Type;

    // 11. and 12.: the keys that mean @type, in order.
    private (ActiveContext Active, string? InputType) ApplyTypes(ActiveContext active, (string Key, JsonElement Value)[] entries)
    {
        var before = active;
        (string Key, JsonElement Value)? first = null;
        List<(string Key, JsonElement Value)>? more = null;
        foreach (var entry in entries)
        {
            if (IsType(before, entry.Key))
            {
                if (first is null)
                {
                    first = entry;
                }
                else
                {
                    more ??= [first.Value];
                    more.Add(entry);
                }
            }
        }

        if (first is null)
        {
            return (active, null);
        }

        more?.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        string? inputType = null;
        foreach (var (key, value) in more ?? [first.Value])
        {
            Path.Push(key);
            var types = Strings(value);
            if (inputType is null && types.Length > 0)
            {
                // The last value of the first of them.
                inputType = types[^1];
            }

            Array.Sort(types, StringComparer.Ordinal);
            foreach (var type in types)
            {
                if (before.Find(type) is { HasContext: true } term)
                {
                    active = contexts.ApplyToType(active, term);
                }
            }

            Path.Pop();
        }

        return (active, inputType is null ? null : IriExpansion.Expand(active, inputType, vocab: true));
    }

    private static string[] Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
        _ => [],
    };

    private object? Drop(string what) => Safe ? throw Path.Error(JsonLdErrors.WouldBeDropped, what) : null;

    private void Enter()
    {
        if (++_depth > limits.Depth)
        {
            throw Path.Error(JsonLdErrors.LimitExceeded, "too deep");
        }
    }

    private void CountNode()
    {
        if (++_nodes > limits.Nodes)
        {
            throw Path.Error(JsonLdErrors.LimitExceeded, "too many nodes");
        }

        budget?.Spend(Work.Nodes);
    }
}
