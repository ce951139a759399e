namespace CitiesOfLearning.JsonLd.Contexts;

/// <summary>What a term stands for.</summary>
internal sealed partial class TermDefiner
{
    // 14.2
    private (string? Iri, bool Ignored) MappedIri(string term, string id)
    {
        if (!Keywords.Is(id) && Keywords.HasForm(id))
        {
            Ignored("a term that maps to what looks like a keyword");
            return (null, true);
        }

        var iri = Iri(id);
        if (iri is null || !(Keywords.Is(iri) || IriReference.IsAbsolute(iri) || IriReference.IsBlankNode(iri)))
        {
            throw Path.Error(JsonLdErrors.InvalidIriMapping, id);
        }

        if (iri == Keywords.Context)
        {
            throw Path.Error(JsonLdErrors.InvalidKeywordAlias);
        }

        // 14.2.4: what looks like an IRI must mean that IRI.
        if ((term.Length > 2 && term.AsSpan(1..^1).Contains(':')) || term.Contains('/', StringComparison.Ordinal))
        {
            local.SetDefined(term, true);
            if (Iri(term) != iri)
            {
                throw Path.Error(JsonLdErrors.InvalidIriMapping, $"{term} is an IRI and cannot mean {iri}");
            }
        }

        return (iri, false);
    }

    // 15. to 18.
    private string? DefaultIri(string term)
    {
        var colon = term.AsSpan(1).IndexOf(':') + 1;
        if (colon > 0)
        {
            DefineFirst(term[..colon]);
            return active.Find(term[..colon]) is { } prefix ? string.Concat(prefix.Iri, term.AsSpan(colon + 1)) : term;
        }

        if (term.Contains('/', StringComparison.Ordinal))
        {
            var iri = IriExpansion.Expand(active, term, null, vocab: true);
            return iri is not null && IriReference.IsAbsolute(iri) ? iri : throw Path.Error(JsonLdErrors.InvalidIriMapping, term);
        }

        return term == Keywords.Type ? Keywords.Type
            : active.Vocab is not null ? active.Vocab + term
            : throw Path.Error(JsonLdErrors.InvalidIriMapping, $"{term} has no IRI and there is no vocabulary");
    }

    // 14.2.5: RFC 3986's gen-delims.
    private static bool MayBePrefix(string term, string? iri) =>
        iri is { Length: > 0 } && !term.AsSpan().ContainsAny(':', '/')
        && (iri[^1] is ':' or '/' or '?' or '#' or '[' or ']' or '@' || IriReference.IsBlankNode(iri));

    private string? Iri(string value) => IriExpansion.Expand(active, value, this, vocab: true);
}
