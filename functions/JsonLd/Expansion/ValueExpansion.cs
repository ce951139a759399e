using System.Text.Json;
using CitiesOfLearning.JsonLd.Contexts;

namespace CitiesOfLearning.JsonLd.Expansion;

/// <summary>https://www.w3.org/TR/json-ld11-api/#value-expansion</summary>
internal static class ValueExpansion
{
    /// <param name="source">Where the value stands in the document.</param>
    public static ExpandedObject Expand(
        ActiveContext active, TermDefinition? term, JsonElement value, JsonElement source, bool safe, JsonPath path)
    {
        // 1. and 2.
        if (value.ValueKind == JsonValueKind.String && term?.Type is Keywords.Id or Keywords.Vocab)
        {
            var text = value.GetString()!;
            var iri = IriExpansion.Expand(active, text, documentRelative: true, vocab: term!.Type == Keywords.Vocab);
            return ExpandedObject.With(Keywords.Id, References.Checked(iri, text, safe, path), source);
        }

        // 3. to 5.
        var result = ExpandedObject.With(Keywords.Value, Scalar(value), source);
        if (term?.Type is { } type and not (Keywords.Id or Keywords.Vocab or Keywords.None))
        {
            result.Set(Keywords.Type, type);
        }
        else if (value.ValueKind == JsonValueKind.String)
        {
            var language = term is { HasLanguage: true } ? term.Language : active.Language;
            var direction = term is { HasDirection: true } ? term.Direction : active.Direction;
            if (language is not null)
            {
                result.Set(Keywords.Language, language);
            }

            if (direction is not null)
            {
                result.Set(Keywords.Direction, direction);
            }
        }

        return result;
    }

    public static object Scalar(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value;
}
