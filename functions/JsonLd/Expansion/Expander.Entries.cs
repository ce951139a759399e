using System.Text.Json;
using CitiesOfLearning.JsonLd.Contexts;

namespace CitiesOfLearning.JsonLd.Expansion;

// Steps 13 and 14: the entries of one object.
internal sealed partial class Expander
{
    /// <param name="BeforeTypes">The active context without the scoped contexts of the object's types.</param>
    /// <param name="Property">The term under which the object stands.</param>
    private readonly record struct Place(ActiveContext Active, ActiveContext BeforeTypes, string? Property, string? InputType);

    private void ExpandEntries(in Place place, (string Key, JsonElement Value)[] entries, ExpandedObject result)
    {
        List<(string Key, JsonElement Value)>? nests = null;
        foreach (var (key, value) in entries)
        {
            if (key == Keywords.Context)
            {
                continue; // 13.1
            }

            Path.Push(key);
            var term = place.Active.Find(key);
            var expandedProperty = term is not null ? term.Iri : IriExpansion.Expand(place.Active, key, vocab: true); // 13.2
            if (expandedProperty is null || !(expandedProperty.Contains(':', StringComparison.Ordinal) || Keywords.Is(expandedProperty)))
            {
                Drop($"the context does not say what {key} means"); // 13.3
            }
            else if (Keywords.Is(expandedProperty))
            {
                if (expandedProperty == Keywords.Nest)
                {
                    (nests ??= []).Add((key, value)); // 13.4.14
                }
                else
                {
                    ExpandKeyword(place, expandedProperty, value, result);
                }
            }
            else
            {
                ExpandProperty(place, key, term, expandedProperty, value, result);
            }

            Path.Pop();
        }

        // 14.
        nests?.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        foreach (var (key, value) in nests ?? [])
        {
            Path.Push(key);
            var inside = place.Active.Find(key) is { HasContext: true } term
                ? place with { Active = contexts.ApplyToProperty(place.Active, term) }
                : place;
            ExpandNested(inside, value, result);
            Path.Pop();
        }
    }

    private void ExpandNested(in Place place, JsonElement value, ExpandedObject result)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                ExpandNested(place, item, result);
            }

            return;
        }

        // 14.2.1
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Path.Error(JsonLdErrors.InvalidNestValue);
        }

        Enter();
        var entries = Entries(value);
        foreach (var (key, _) in entries)
        {
            if (IriExpansion.Expand(place.Active, key, vocab: true) == Keywords.Value)
            {
                throw Path.Error(JsonLdErrors.InvalidNestValue);
            }
        }

        ExpandEntries(place, entries, result);
        _depth--;
    }

    // 13.5 to 13.14
    private void ExpandProperty(
        in Place place, string key, TermDefinition? term, string expandedProperty, JsonElement value, ExpandedObject result)
    {
        var active = place.Active;
        var container = term?.Container ?? Containers.None;
        object? expanded;
        if (term?.Type == Keywords.Json)
        {
            var literal = ExpandedObject.With(Keywords.Value, ValueExpansion.Scalar(value), value); // 13.6
            literal.Set(Keywords.Type, Keywords.Json);
            expanded = literal;
        }
        else if (value.ValueKind == JsonValueKind.Object && container.HasFlag(Containers.Language))
        {
            expanded = ExpandLanguageMap(active, term!, value); // 13.7
        }
        else if (value.ValueKind == JsonValueKind.Object && (container & (Containers.Index | Containers.Type | Containers.Id)) != 0)
        {
            expanded = ExpandIndexMap(active, key, term!, value); // 13.8
        }
        else
        {
            expanded = Expand(active, key, value); // 13.9
        }

        // 13.10
        if (expanded is null)
        {
            return;
        }

        // 13.11
        if (container.HasFlag(Containers.List) && expanded is not ExpandedObject { IsList: true })
        {
            expanded = ExpandedObject.With(Keywords.List, AsList(expanded));
        }

        // 13.12
        if (container.HasFlag(Containers.Graph) && (container & (Containers.Id | Containers.Index)) == 0)
        {
            expanded = AsList(expanded).ConvertAll(item => (object)ExpandedObject.With(Keywords.Graph, AsList(item)));
        }

        // 13.13
        if (term is { IsReverse: true })
        {
            var reverse = ReverseMap(result);
            foreach (var item in AsList(expanded))
            {
                reverse.Add(expandedProperty, CheckedReverse(item));
            }

            return;
        }

        // 13.14
        result.Add(expandedProperty, expanded);
    }

    private object CheckedReverse(object item) =>
        item is ExpandedObject { IsValue: false, IsList: false } ? item : throw Path.Error(JsonLdErrors.InvalidReversePropertyValue);

    private static ExpandedObject ReverseMap(ExpandedObject result)
    {
        if (result.Find(Keywords.Reverse) is ExpandedObject reverse)
        {
            return reverse;
        }

        reverse = new ExpandedObject();
        result.Set(Keywords.Reverse, reverse);
        return reverse;
    }

    private static List<object> AsList(object value) => value as List<object> ?? [value];
}
