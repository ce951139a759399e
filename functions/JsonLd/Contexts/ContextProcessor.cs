using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Contexts;

/// <summary>https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm, for one document.</summary>
internal sealed class ContextProcessor(ContextStore store, JsonLdLimits limits, WorkBudget? budget, JsonPath path, bool safe)
{
    private int _work;
    private int _depth;

    public JsonPath Path => path;

    public bool Safe => safe;

    /// <summary>The scoped context of a property (https://www.w3.org/TR/json-ld11-api/#expansion-algorithm, 8).</summary>
    public ActiveContext ApplyToProperty(ActiveContext active, TermDefinition term) =>
        Kept(active, term, term, overrideProtected: true, propagate: true);

    /// <summary>The scoped context of a type (11.2).</summary>
    public ActiveContext ApplyToType(ActiveContext active, TermDefinition term) =>
        Kept(active, term.TypeScope, term, overrideProtected: false, propagate: false);

    /// <param name="baseUrl">Of the document that the local context stands in.</param>
    /// <param name="remotes">The contexts whose processing led here.</param>
    /// <param name="fromStore">The local context stands in a pinned document, so that what comes of it may be kept.</param>
    public ActiveContext Process(
        ActiveContext active,
        JsonElement local,
        string? baseUrl,
        bool overrideProtected = false,
        bool propagate = true,
        IReadOnlyList<string>? remotes = null,
        bool validateScoped = true,
        bool fromStore = false)
    {
        // 2. and 3.
        if (local.ValueKind == JsonValueKind.Object && local.TryGetProperty(Keywords.Propagate, out var value))
        {
            propagate = Boolean(value) ?? throw path.Error(JsonLdErrors.InvalidPropagateValue);
        }

        var result = propagate || active.Previous is not null ? active : active.WithPrevious(active);
        var call = new Call(baseUrl, overrideProtected, propagate, remotes ?? [], validateScoped, fromStore);

        // 4. and 5.
        if (local.ValueKind != JsonValueKind.Array)
        {
            return Step(result, local, call);
        }

        var index = 0;
        foreach (var context in local.EnumerateArray())
        {
            path.Push(index++);
            result = Step(result, context, call);
            path.Pop();
        }

        return result;
    }

    /// <summary>Counts work, so that no document can ask for more than the limits allow.</summary>
    public void Spend(int work)
    {
        if ((_work += work) > limits.ContextWork)
        {
            throw path.Error(JsonLdErrors.LimitExceeded, "the contexts need too much work");
        }

        budget?.Check();
    }

    /// <summary>A term that is defined within the definition of another: by a prefix or a scoped context.</summary>
    public void Enter()
    {
        if (++_depth > limits.Depth)
        {
            throw path.Error(JsonLdErrors.LimitExceeded, "too many terms that need each other");
        }
    }

    public void Leave() => _depth--;

    /// <summary>What a context makes IRIs of.</summary>
    public string? Checked(string? iri) =>
        iri is null || iri.Length <= limits.ContextIri
            ? iri
            : throw path.Error(JsonLdErrors.LimitExceeded, "an IRI of a context is too long");

    internal static bool? Boolean(JsonElement value) =>
        value.ValueKind == JsonValueKind.True ? true : value.ValueKind == JsonValueKind.False ? false : null;

    private ActiveContext Kept(ActiveContext active, object key, TermDefinition term, bool overrideProtected, bool propagate)
    {
        if (active.FindDerived(key) is { } known)
        {
            return known;
        }

        var derived = Process(active, term.Context, term.ContextBase, overrideProtected, propagate, fromStore: active.IsPinned);
        store.Keep(active, key, derived);
        return derived;
    }

    private readonly record struct Call(
        string? BaseUrl, bool OverrideProtected, bool Propagate, IReadOnlyList<string> Remotes, bool ValidateScoped, bool FromStore);

    private ActiveContext Step(ActiveContext result, JsonElement context, in Call call) => context.ValueKind switch
    {
        JsonValueKind.Null => Nullify(result, call),
        JsonValueKind.String => Load(result, context.GetString()!, call),
        JsonValueKind.Object => Define(result, context, call),
        _ => throw path.Error(JsonLdErrors.InvalidLocalContext), // 5.3
    };

    // 5.1
    private ActiveContext Nullify(ActiveContext result, in Call call)
    {
        if (!call.OverrideProtected && result.HasProtectedTerms)
        {
            throw path.Error(JsonLdErrors.InvalidContextNullification);
        }

        var initial = result.IsPinned ? store.Initial(safe) : ActiveContext.Initial(result.OriginalBase);
        return call.Propagate ? initial : initial.WithPrevious(result);
    }

    // 5.2
    private ActiveContext Load(ActiveContext result, string reference, in Call call)
    {
        // 5.2.1 and 5.2.2
        var url = IriReference.Resolve(call.BaseUrl, reference);
        if (!call.ValidateScoped && call.Remotes.Contains(url))
        {
            return result;
        }

        var mayBeKept = !call.OverrideProtected && call.Propagate;
        if (mayBeKept && result.FindDerived(url) is { } known)
        {
            return known;
        }

        // 5.2.3
        if (call.Remotes.Count >= limits.RemoteContexts)
        {
            throw path.Error(JsonLdErrors.ContextOverflow, url);
        }

        // 5.2.5 and 5.2.6
        var loaded = Loaded(url);
        var processed = Process(
            result, loaded, url, call.OverrideProtected, propagate: true, [.. call.Remotes, url], call.ValidateScoped, fromStore: true);
        if (mayBeKept && call.ValidateScoped)
        {
            store.Keep(result, url, processed);
        }

        return processed;
    }

    private JsonElement Loaded(string url)
    {
        JsonElement document;
        try
        {
            document = store.Find(url)
                ?? throw path.Error(JsonLdErrors.LoadingRemoteContextFailed, $"{url} is not one of the known contexts");
        }
        catch (JsonException)
        {
            throw path.Error(JsonLdErrors.LoadingRemoteContextFailed, $"{url} is no JSON");
        }

        return document.ValueKind == JsonValueKind.Object && document.TryGetProperty(Keywords.Context, out var context)
            ? context
            : throw path.Error(JsonLdErrors.InvalidRemoteContext, url);
    }

    // 5.4 and following
    private ActiveContext Define(ActiveContext result, JsonElement context, in Call call)
    {
        Spend(result.Terms.Count + 1);
        var local = new LocalContext(context);
        var builder = new ContextBuilder(result);

        // 5.5
        if (local.TryGet(Keywords.Version, out var version) && !(version.ValueKind == JsonValueKind.Number && version.GetDouble() == 1.1))
        {
            throw path.Error(JsonLdErrors.InvalidVersionValue);
        }

        Import(local, call);

        // 5.7: a remote context says nothing about the base.
        if (call.Remotes.Count == 0 && local.TryGet(Keywords.Base, out var baseIri))
        {
            builder.Base = Checked(BaseIri(builder, baseIri));
        }

        if (local.TryGet(Keywords.Vocab, out var vocab))
        {
            builder.Vocab = Checked(Vocabulary(builder, vocab));
        }

        // 5.9
        if (local.TryGet(Keywords.Language, out var language))
        {
            builder.Language = language.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => LanguageTag.Normalize(language.GetString()!),
                _ => throw path.Error(JsonLdErrors.InvalidDefaultLanguage),
            };
        }

        // 5.10
        if (local.TryGet(Keywords.Direction, out var direction))
        {
            builder.Direction = DirectionOf(direction);
        }

        // 5.11
        if (local.TryGet(Keywords.Propagate, out var propagate) && Boolean(propagate) is null)
        {
            throw path.Error(JsonLdErrors.InvalidPropagateValue);
        }

        // 5.12 and 5.13
        var isProtected = local.TryGet(Keywords.Protected, out var value)
            && (Boolean(value) ?? throw path.Error(JsonLdErrors.InvalidProtectedValue));
        var definer = new TermDefiner(
            this, builder, local, call.BaseUrl, isProtected, call.OverrideProtected, call.Remotes, call.FromStore);
        foreach (var term in local.Terms)
        {
            definer.Define(term);
        }

        return builder.Build(result.IsPinned && call.FromStore);
    }

    // 5.6
    private void Import(LocalContext local, in Call call)
    {
        if (!local.TryGet(Keywords.Import, out var import))
        {
            return;
        }

        if (import.ValueKind != JsonValueKind.String)
        {
            throw path.Error(JsonLdErrors.InvalidImportValue);
        }

        var url = IriReference.Resolve(call.BaseUrl, import.GetString()!);
        var imported = Loaded(url);
        if (imported.ValueKind != JsonValueKind.Object)
        {
            throw path.Error(JsonLdErrors.InvalidRemoteContext, url);
        }

        if (imported.TryGetProperty(Keywords.Import, out _))
        {
            throw path.Error(JsonLdErrors.InvalidContextEntry, url);
        }

        local.Add(imported);
    }

    private string? BaseIri(ContextBuilder builder, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when IriReference.IsAbsolute(value.GetString()) || builder.Base is not null =>
            IriReference.Resolve(builder.Base, value.GetString()!),
        _ => throw path.Error(JsonLdErrors.InvalidBaseIri),
    };

    // 5.8: relative to an earlier vocabulary, or to the document.
    private string? Vocabulary(ContextBuilder builder, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw path.Error(JsonLdErrors.InvalidVocabMapping);
        var vocabulary = IriExpansion.Expand(builder, text, null, documentRelative: true, vocab: true);
        return vocabulary is not null && (!safe || IriReference.IsAbsolute(vocabulary) || IriReference.IsBlankNode(vocabulary))
            ? vocabulary
            : throw path.Error(JsonLdErrors.InvalidVocabMapping);
    }

    internal string? DirectionOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when value.GetString() is "ltr" or "rtl" => value.GetString(),
        _ => throw path.Error(JsonLdErrors.InvalidBaseDirection),
    };
}
