using System.Text.Json;
using CitiesOfLearning.JsonLd.Contexts;

namespace CitiesOfLearning.JsonLd.Expansion;

// Steps 13.7 and 13.8: language maps and index, id and type maps.
internal sealed partial class Expander
{
    // 13.7
    private List<object> ExpandLanguageMap(ActiveContext active, TermDefinition term, JsonElement map)
    {
        var result = new List<object>();
        var direction = term.HasDirection ? term.Direction : active.Direction;
        foreach (var entry in map.EnumerateObject())
        {
            Path.Push(entry.Name);
            var language = IriExpansion.Expand(active, entry.Name, vocab: true) == Keywords.None ? null : CheckedLanguage(entry.Name);
            if (entry.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in entry.Value.EnumerateArray())
                {
                    AddLanguageValue(item, language, direction, result);
                }
            }
            else
            {
                AddLanguageValue(entry.Value, language, direction, result);
            }

            Path.Pop();
        }

        return result;
    }

    private void AddLanguageValue(JsonElement item, string? language, string? direction, List<object> result)
    {
        if (item.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        CountNode();
        var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Path.Error(JsonLdErrors.InvalidLanguageMapValue);
        var value = ExpandedObject.With(Keywords.Value, text, item);
        if (language is not null)
        {
            value.Set(Keywords.Language, language);
        }

        if (direction is not null)
        {
            value.Set(Keywords.Direction, direction);
        }

        result.Add(value);
    }

    // 13.8
    private List<object> ExpandIndexMap(ActiveContext active, string key, TermDefinition term, JsonElement map)
    {
        var result = new List<object>();
        var mapContext = (term.Container & (Containers.Id | Containers.Type)) != 0 ? active.Previous ?? active : active;
        foreach (var entry in map.EnumerateObject())
        {
            // 13.8.3.1 to 13.8.3.4
            Path.Push(entry.Name);
            var index = entry.Name;
            var inside = mapContext;
            if (term.Container.HasFlag(Containers.Type) && mapContext.Find(index) is { HasContext: true } type)
            {
                inside = contexts.Process(mapContext, type.Context, type.ContextBase);
            }

            var expandedIndex = IriExpansion.Expand(active, index, vocab: true);
            if (Expand(inside, key, entry.Value, fromMap: true) is { } expanded)
            {
                foreach (var item in AsList(expanded))
                {
                    result.Add(Indexed(active, term, index, expandedIndex, entry.Value, (ExpandedObject)item));
                }
            }

            Path.Pop();
        }

        return result;
    }

    // 13.8.3.7
    private ExpandedObject Indexed(
        ActiveContext active, TermDefinition term, string index, string? expandedIndex, JsonElement source, ExpandedObject value)
    {
        if (term.Container.HasFlag(Containers.Graph) && !value.IsGraph)
        {
            value = ExpandedObject.With(Keywords.Graph, AsList(value));
        }

        if (expandedIndex == Keywords.None)
        {
            return value;
        }

        if (term.Container.HasFlag(Containers.Index) && term.Index is { } indexKey && indexKey != Keywords.Index)
        {
            var property = IriExpansion.Expand(active, indexKey, vocab: true)!;
            CheckIsNode(value);
            value.ListAt(property).Insert(0, IndexValue(active, indexKey, index, source));
        }
        else if (term.Container.HasFlag(Containers.Index))
        {
            SetIfAbsent(value, Keywords.Index, index);
        }
        else if (term.Container.HasFlag(Containers.Id))
        {
            CheckIsNode(value);
            if (!value.Has(Keywords.Id))
            {
                value.Set(Keywords.Id, References.Checked(IriExpansion.Expand(active, index, documentRelative: true), index, Safe, Path));
            }
        }
        else if (expandedIndex is null)
        {
            Drop($"{index} looks like a keyword and is no type");
        }
        else
        {
            CheckIsNode(value);
            value.ListAt(Keywords.Type).Insert(0, expandedIndex);
        }

        return value;
    }

    // 15. and 17. allow a value or list no more than it has; what its key says of it would be lost.
    private void CheckIsNode(ExpandedObject item)
    {
        if (!item.IsNode)
        {
            var code = item.IsValue ? JsonLdErrors.InvalidValueObject : JsonLdErrors.InvalidSetOrListObject;
            throw Path.Error(code, "only a node has an id, a type or another property");
        }
    }

    private ExpandedObject IndexValue(ActiveContext active, string indexKey, string index, JsonElement source)
    {
        using var text = JsonDocument.Parse($"\"{JsonEncodedText.Encode(index)}\"");
        return ValueExpansion.Expand(active, active.Find(indexKey), text.RootElement, source, Safe, Path);
    }

    private static void SetIfAbsent(ExpandedObject value, string key, object entry)
    {
        if (!value.Has(key))
        {
            value.Set(key, entry);
        }
    }
}
