using System.Text.Json;
using CitiesOfLearning.JsonLd.Contexts;

namespace CitiesOfLearning.JsonLd.Expansion;

// Step 13.4: an entry whose key is a keyword.
internal sealed partial class Expander
{
    private void ExpandKeyword(in Place place, string keyword, JsonElement value, ExpandedObject result)
    {
        // 13.4.1
        if (place.Property == Keywords.Reverse)
        {
            throw Path.Error(JsonLdErrors.InvalidReversePropertyMap);
        }

        // 13.4.2
        if (keyword is not (Keywords.Included or Keywords.Type) && result.Has(keyword))
        {
            throw Path.Error(JsonLdErrors.CollidingKeywords, keyword);
        }

        switch (keyword)
        {
            case Keywords.Id:
                result.Set(keyword, ExpandId(place.Active, value));
                break;
            case Keywords.Type:
                ExpandType(place.BeforeTypes, value, result);
                break;
            case Keywords.Graph:
                result.Set(keyword, AsList(Expand(place.Active, Keywords.Graph, value) ?? new List<object>())); // 13.4.5
                break;
            case Keywords.Included:
                ExpandIncluded(place.Active, value, result);
                break;
            case Keywords.Value:
                result.Set(keyword, ExpandValue(place.InputType, value));
                break;
            case Keywords.Language:
                result.Set(keyword, ExpandLanguage(value));
                break;
            case Keywords.Direction:
                result.Set(keyword, value.ValueKind == JsonValueKind.Null
                    ? throw Path.Error(JsonLdErrors.InvalidBaseDirection)
                    : contexts.DirectionOf(value)!); // 13.4.9
                break;
            case Keywords.Index:
                // 13.4.10
                var index = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
                result.Set(keyword, index ?? throw Path.Error(JsonLdErrors.InvalidIndexValue));
                break;
            case Keywords.List when place.Property is null or Keywords.Graph:
                Drop("a list that belongs to nothing"); // 13.4.11.1
                break;
            case Keywords.List or Keywords.Set:
                // 13.4.11 and 13.4.12
                result.Set(keyword, AsList(Expand(place.Active, place.Property, value) ?? new List<object>()));
                break;
            case Keywords.Reverse:
                ExpandReverse(place.Active, value, result);
                break;
            default:
                Drop(keyword);
                break;
        }
    }

    // 13.4.3
    private object ExpandId(ActiveContext active, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Path.Error(JsonLdErrors.InvalidIdValue);
        }

        var id = value.GetString()!;
        return References.Checked(IriExpansion.Expand(active, id, documentRelative: true), id, Safe, Path);
    }

    // 13.4.4
    private void ExpandType(ActiveContext active, JsonElement value, ExpandedObject result)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            if (TypeIri(active, value) is not { } type)
            {
                return;
            }

            if (result.Has(Keywords.Type))
            {
                result.Add(Keywords.Type, type);
            }
            else
            {
                result.Set(Keywords.Type, type);
            }

            return;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Path.Error(JsonLdErrors.InvalidTypeValue);
        }

        var types = result.ListAt(Keywords.Type);
        foreach (var item in value.EnumerateArray())
        {
            var text = item.ValueKind == JsonValueKind.String ? item : throw Path.Error(JsonLdErrors.InvalidTypeValue);
            if (TypeIri(active, text) is { } type)
            {
                types.Add(type);
            }
        }
    }

    // Null for what looks like a keyword, or is a term that means nothing.
    private string? TypeIri(ActiveContext active, JsonElement value)
    {
        var written = value.GetString()!;
        var type = IriExpansion.Expand(active, written, documentRelative: true, vocab: true);
        return Safe && type is not Keywords.Json && (type is null || !(IriReference.IsAbsolute(type) || IriReference.IsBlankNode(type)))
            ? throw Path.Error(JsonLdErrors.WouldBeDropped, $"the context does not say what type {written} is")
            : type;
    }

    // 13.4.6
    private void ExpandIncluded(ActiveContext active, JsonElement value, ExpandedObject result)
    {
        var included = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Expand(active, null, value) : null;
        foreach (var item in AsList(included ?? throw Path.Error(JsonLdErrors.InvalidIncludedValue)))
        {
            result.ListAt(Keywords.Included).Add(
                item is ExpandedObject { IsNode: true } ? item : throw Path.Error(JsonLdErrors.InvalidIncludedValue));
        }
    }

    // 13.4.7
    private object ExpandValue(string? inputType, JsonElement value) =>
        inputType == Keywords.Json || value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
            ? ValueExpansion.Scalar(value)
            : throw Path.Error(JsonLdErrors.InvalidValueObjectValue);

    // 13.4.8
    private string ExpandLanguage(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? CheckedLanguage(value.GetString()!)
            : throw Path.Error(JsonLdErrors.InvalidLanguageTaggedString);

    private string CheckedLanguage(string language)
    {
        if (!LanguageTag.IsWellFormed(language))
        {
            Drop($"{language} is no language tag");
        }

        return LanguageTag.Normalize(language);
    }

    // 13.4.13
    private void ExpandReverse(ActiveContext active, JsonElement value, ExpandedObject result)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Path.Error(JsonLdErrors.InvalidReverseValue);
        }

        if (Expand(active, Keywords.Reverse, value) is not ExpandedObject expanded)
        {
            return;
        }

        foreach (var (key, items) in expanded.Entries)
        {
            if (key == Keywords.Reverse)
            {
                // What is reversed twice stands the right way round.
                foreach (var (property, values) in ((ExpandedObject)items).Entries)
                {
                    result.Add(property, values);
                }
            }
            else
            {
                foreach (var item in AsList(items))
                {
                    ReverseMap(result).Add(key, CheckedReverse(item));
                }
            }
        }
    }
}
