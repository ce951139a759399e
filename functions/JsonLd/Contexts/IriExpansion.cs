namespace CitiesOfLearning.JsonLd.Contexts;

/// <summary>https://www.w3.org/TR/json-ld11-api/#iri-expansion</summary>
internal static class IriExpansion
{
    /// <returns>An IRI, a blank node, a keyword, a relative reference; or null for what must be ignored.</returns>
    public static string? Expand(ActiveContext context, string value, bool documentRelative = false, bool vocab = false) =>
        Expand(value, context.Terms, context.Vocab, context.Base, documentRelative, vocab, null);

    /// <summary>While the context is being built: terms that the value needs are defined first.</summary>
    public static string? Expand(
        ContextBuilder context, string value, TermDefiner? definer, bool documentRelative = false, bool vocab = false) =>
        Expand(value, context.Terms, context.Vocab, context.Base, documentRelative, vocab, definer);

    private static string? Expand(
        string value, Dictionary<string, TermDefinition> terms, string? vocabulary, string? baseIri,
        bool documentRelative, bool vocab, TermDefiner? definer)
    {
        // 1. and 2.
        if (value.Length > 0 && value[0] == '@')
        {
            if (Keywords.Is(value))
            {
                return value;
            }

            if (Keywords.HasForm(value))
            {
                return null;
            }
        }

        // 3.
        definer?.DefineFirst(value);

        // 4. and 5.
        if (terms.TryGetValue(value, out var term) && (vocab || (term.Iri is not null && Keywords.Is(term.Iri))))
        {
            return term.Iri;
        }

        // 6.
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            // 6.1 and 6.2
            var suffix = value.AsSpan(colon + 1);
            if ((colon == 1 && value[0] == '_') || suffix.StartsWith("//", StringComparison.Ordinal))
            {
                return value;
            }

            // 6.3 and 6.4
            var prefix = value[..colon];
            definer?.DefineFirst(prefix);
            if (terms.TryGetValue(prefix, out var definition) && definition is { Iri: not null, IsPrefix: true })
            {
                return string.Concat(definition.Iri, suffix);
            }

            // 6.5
            if (IriReference.IsAbsolute(value))
            {
                return value;
            }
        }

        // 7. to 9.
        return vocab && vocabulary is not null ? vocabulary + value
            : documentRelative ? IriReference.Resolve(baseIri, value)
            : value;
    }
}
