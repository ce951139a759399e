using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Contexts;

/// <summary>https://www.w3.org/TR/json-ld11-api/#create-term-definition, for the terms of one local context.</summary>
internal sealed partial class TermDefiner(
    ContextProcessor processor,
    ContextBuilder active,
    LocalContext local,
    string? baseUrl,
    bool isProtected,
    bool overrideProtected,
    IReadOnlyList<string> remotes,
    bool fromStore)
{
    private JsonPath Path => processor.Path;

    /// <summary>Defines a term that another one is made of, unless that has been done.</summary>
    public void DefineFirst(string term)
    {
        if (local.Has(term) && local.IsDefined(term) != true && !LocalKeyword(term))
        {
            Define(term);
        }
    }

    public void Define(string term)
    {
        // 1.
        switch (local.IsDefined(term))
        {
            case true:
                return;
            case false:
                throw Path.Error(JsonLdErrors.CyclicIriMapping, term);
        }

        processor.Spend(1);
        Path.Push(term);
        processor.Enter();

        // 2.
        if (term.Length == 0)
        {
            throw Path.Error(JsonLdErrors.InvalidTermDefinition, "a term cannot be empty");
        }

        local.SetDefined(term, false);

        // 3. to 5.
        local.TryGet(term, out var value);
        if (MayBeDefined(term, value))
        {
            // 6. and 7.
            active.Terms.Remove(term, out var previous);
            if (Create(term, value) is { } definition)
            {
                processor.Checked(definition.Iri);
                active.Terms[term] = Protect(term, definition, previous);
            }
        }

        local.SetDefined(term, true);
        processor.Leave();
        Path.Pop();
    }

    // The keywords that say something about the context itself.
    private static bool LocalKeyword(string term) => term is
        Keywords.Base or Keywords.Direction or Keywords.Import or Keywords.Language
        or Keywords.Propagate or Keywords.Protected or Keywords.Version or Keywords.Vocab;

    private bool MayBeDefined(string term, JsonElement value)
    {
        // 4.
        if (term == Keywords.Type)
        {
            var may = value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any() && value.EnumerateObject().All(e =>
                e.Name == Keywords.Protected
                    || (e.Name == Keywords.Container && e.Value.ValueKind == JsonValueKind.String && e.Value.ValueEquals(Keywords.Set)));
            return may ? true : throw Path.Error(JsonLdErrors.KeywordRedefinition, term);
        }

        // 5.
        if (Keywords.Is(term))
        {
            throw Path.Error(JsonLdErrors.KeywordRedefinition, term);
        }

        return !Keywords.HasForm(term) || Ignored("a term that looks like a keyword");
    }

    // Null where the term is ignored.
    private TermDefinition? Create(string term, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => new TermDefinition { IsProtected = isProtected }, // 7. and 14.1
        JsonValueKind.String => Simple(term, value.GetString()!),
        JsonValueKind.Object => Expanded(term, value),
        _ => throw Path.Error(JsonLdErrors.InvalidTermDefinition, "neither a string nor an object"), // 9.
    };

    // 8.
    private TermDefinition? Simple(string term, string id)
    {
        var (iri, ignored) = id == term ? (DefaultIri(term), false) : MappedIri(term, id);
        return ignored
            ? null
            : new TermDefinition { Iri = iri, IsProtected = isProtected, IsPrefix = id != term && MayBePrefix(term, iri) };
    }

    private TermDefinition? Expanded(string term, JsonElement value)
    {
        var entries = new TermEntries(value, Path);

        // 11. to 13.
        var protects = entries.Protected ?? isProtected;
        var type = TypeMapping(entries);
        if (entries.Has(Keywords.Reverse))
        {
            return Reverse(entries, type, protects);
        }

        // 14. to 18.
        string? iri;
        if (entries.Has(Keywords.Id) && !(entries.TryString(Keywords.Id, out var id) && id == term))
        {
            if (entries.IsNull(Keywords.Id))
            {
                iri = null;
            }
            else
            {
                (iri, var ignored) = MappedIri(term, id ?? throw Path.Error(JsonLdErrors.InvalidIriMapping, "@id is no string"));
                if (ignored)
                {
                    return null;
                }
            }
        }
        else
        {
            iri = DefaultIri(term);
        }

        // 19. to 26.
        var container = entries.Container;
        if (container.HasFlag(Containers.Type))
        {
            type ??= Keywords.Id;
            if (type is not (Keywords.Id or Keywords.Vocab))
            {
                throw Path.Error(JsonLdErrors.InvalidTypeMapping, "a type map holds @id or @vocab");
            }
        }

        ValidateScopedContext(entries);
        return new TermDefinition
        {
            Iri = iri,
            IsProtected = protects,
            IsPrefix = entries.Prefix(term, iri),
            Type = type,
            Container = container,
            Index = IndexMapping(entries, container),
            Context = entries.Context,
            ContextBase = baseUrl,
            HasLanguage = entries.HasLanguage,
            Language = entries.Language,
            HasDirection = entries.HasDirection,
            Direction = entries.HasDirection ? processor.DirectionOf(entries[Keywords.Direction]) : null,
            Nest = entries.Nest,
        };
    }

    // 12.
    private string? TypeMapping(TermEntries entries)
    {
        if (!entries.Has(Keywords.Type))
        {
            return null;
        }

        var type = entries.TryString(Keywords.Type, out var text) ? Iri(text) : throw Path.Error(JsonLdErrors.InvalidTypeMapping);
        var isType = type is Keywords.Id or Keywords.Vocab or Keywords.Json or Keywords.None
            || (type is not null && IriReference.IsAbsolute(type));
        return isType
            ? type
            : throw Path.Error(JsonLdErrors.InvalidTypeMapping, text);
    }

    // 13.
    private TermDefinition? Reverse(TermEntries entries, string? type, bool protects)
    {
        if (entries.Has(Keywords.Id) || entries.Has(Keywords.Nest))
        {
            throw Path.Error(JsonLdErrors.InvalidReverseProperty);
        }

        if (!entries.TryString(Keywords.Reverse, out var reverse))
        {
            throw Path.Error(JsonLdErrors.InvalidIriMapping, "@reverse is no string");
        }

        if (Keywords.HasForm(reverse))
        {
            Ignored("a reverse property that looks like a keyword");
            return null;
        }

        var iri = Iri(reverse);
        if (iri is null || !(IriReference.IsAbsolute(iri) || IriReference.IsBlankNode(iri)))
        {
            throw Path.Error(JsonLdErrors.InvalidIriMapping, reverse);
        }

        var container = entries.ReverseContainer;
        return new TermDefinition
        {
            Iri = iri,
            IsReverse = true,
            IsProtected = protects,
            Type = type,
            Container = container,
            Index = IndexMapping(entries, container),
        };
    }

    // 20.
    private string? IndexMapping(TermEntries entries, Containers container)
    {
        if (!entries.Has(Keywords.Index))
        {
            return null;
        }

        return container.HasFlag(Containers.Index) && entries.TryString(Keywords.Index, out var index)
            && Iri(index) is { } iri && IriReference.IsAbsolute(iri)
            ? index
            : throw Path.Error(JsonLdErrors.InvalidTermDefinition, Keywords.Index);
    }

    // 21.
    private void ValidateScopedContext(TermEntries entries)
    {
        if (!entries.Has(Keywords.Context))
        {
            return;
        }

        Path.Push(Keywords.Context);
        try
        {
            processor.Process(
                active.Build(isPinned: false), entries.Context, baseUrl, overrideProtected: true, propagate: true,
                remotes, validateScoped: false, fromStore);
        }
        catch (JsonLdException e) when (e.Code is not (JsonLdErrors.LimitExceeded or JsonLdErrors.InvalidScopedContext))
        {
            throw new JsonLdException(JsonLdErrors.InvalidScopedContext, e.Path, e.Message);
        }

        Path.Pop();
    }

    // 27.
    private TermDefinition Protect(string term, TermDefinition definition, TermDefinition? previous)
    {
        if (overrideProtected || previous is not { IsProtected: true })
        {
            return definition;
        }

        return definition.SaysTheSameAs(previous) ? previous : throw Path.Error(JsonLdErrors.ProtectedTermRedefinition, term);
    }

    private bool Ignored(string what) => processor.Safe ? throw Path.Error(JsonLdErrors.WouldBeDropped, what) : false;
}
