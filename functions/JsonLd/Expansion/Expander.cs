using System.Text.Json;
using CitiesOfLearning.JsonLd.Contexts;

namespace CitiesOfLearning.JsonLd.Expansion;

/// <summary>https://www.w3.org/TR/json-ld11-api/#expansion-algorithm, for one document. The step numbers are its.</summary>
internal sealed partial class Expander(ContextProcessor contexts, JsonLdLimits limits, string? baseUrl)
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

    // 15. to 19.
    private object? Finish(ExpandedObject result, string? property)
    {
        object? finished = result;
        if (result.IsValue)
        {
            finished = FinishValue(result);
        }
        else if (result.Has(Keywords.Set) || result.IsList)
        {
            // 17.
            if (result.Count > 2 || (result.Count == 2 && !result.Has(Keywords.Index)))
            {
                throw Path.Error(JsonLdErrors.InvalidSetOrListObject);
            }

            finished = result.Find(Keywords.Set) ?? result;
        }
        else if (result.Find(Keywords.Type) is string type)
        {
            result.Set(Keywords.Type, new List<object> { type }); // 16.
        }

        // 18.
        if (finished is ExpandedObject { Count: 1 } single && single.Has(Keywords.Language))
        {
            return Drop("an object with nothing but a language");
        }

        // 19.
        if (property is null or Keywords.Graph && finished is ExpandedObject free)
        {
            if (free.Count == 0)
            {
                return Drop("an empty object");
            }

            if (free.IsValue || free.IsList)
            {
                return Drop("a value that belongs to nothing");
            }

            if (free.Count == 1 && free.Has(Keywords.Id))
            {
                return Drop("an object that says nothing but its id");
            }
        }

        return finished;
    }

    // 15.
    private object? FinishValue(ExpandedObject result)
    {
        var value = result.Find(Keywords.Value)!;
        var type = result.Find(Keywords.Type);
        foreach (var (key, _) in result.Entries)
        {
            if (key is not (Keywords.Direction or Keywords.Index or Keywords.Language or Keywords.Type or Keywords.Value))
            {
                throw Path.Error(JsonLdErrors.InvalidValueObject, key);
            }
        }

        var hasLanguage = result.Has(Keywords.Language);
        if (type is not null && (hasLanguage || result.Has(Keywords.Direction)))
        {
            throw Path.Error(JsonLdErrors.InvalidValueObject, "a type beside a language or direction");
        }

        if (type is Keywords.Json)
        {
            return result;
        }

        if (value is JsonElement { ValueKind: JsonValueKind.Null })
        {
            return Drop("a null value");
        }

        if (value is not string && hasLanguage)
        {
            throw Path.Error(JsonLdErrors.InvalidLanguageTaggedValue);
        }

        return type is null or string && (type is not string iri || IriReference.IsWellFormed(iri)) ? result : throw Path.Error(JsonLdErrors.InvalidTypedValue);
    }

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
    }
}
