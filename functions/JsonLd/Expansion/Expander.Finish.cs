using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Expansion;

/// <summary>What an expanded object turns out to be, and whether it may stay.</summary>
internal sealed partial class Expander
{
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

        return type is null || (type is string iri && IriReference.IsWellFormed(iri))
            ? result
            : throw Path.Error(JsonLdErrors.InvalidTypedValue);
    }
}
