using System.Collections.Concurrent;

namespace CitiesOfLearning.JsonLd.Contexts;

/// <summary>
/// What the names in a document mean at one place (https://www.w3.org/TR/json-ld11-api/#dfn-active-context). Never changed once it is
/// built. Contexts that follow from it by a pinned context alone are kept with it, so that the next document needs no work for them.
/// </summary>
internal sealed class ActiveContext
{
    private ConcurrentDictionary<object, ActiveContext>? _derived;
    private int _protection;

    public required Dictionary<string, TermDefinition> Terms { get; init; }

    public string? Base { get; init; }

    /// <summary>The document's own base, to which a null context returns.</summary>
    public string? OriginalBase { get; init; }

    public string? Vocab { get; init; }

    public string? Language { get; init; }

    public string? Direction { get; init; }

    /// <summary>To which the next node object returns, where this context does not propagate.</summary>
    public ActiveContext? Previous { get; init; }

    /// <summary>Made of pinned contexts only, so that it may be kept.</summary>
    public bool IsPinned { get; init; }

    public static ActiveContext Initial(string? baseIri) =>
        new() { Terms = [], Base = baseIri, OriginalBase = baseIri, IsPinned = baseIri is null };

    /// <summary>Found out once: a document can ask as often as it nullifies contexts.</summary>
    public bool HasProtectedTerms
    {
        get
        {
            if (_protection == 0)
            {
                _protection = Terms.Values.Any(t => t.IsProtected) ? 1 : -1;
            }

            return _protection > 0;
        }
    }

    public ActiveContext WithPrevious(ActiveContext? previous) => new()
    {
        Terms = Terms,
        Base = Base,
        OriginalBase = OriginalBase,
        Vocab = Vocab,
        Language = Language,
        Direction = Direction,
        Previous = previous,
        IsPinned = IsPinned,
    };

    public TermDefinition? Find(string? term) => term is not null && Terms.TryGetValue(term, out var definition) ? definition : null;

    /// <param name="key">A context's address, or a term definition whose scoped context was applied.</param>
    public ActiveContext? FindDerived(object key) => _derived is not null && _derived.TryGetValue(key, out var known) ? known : null;

    public void Keep(object key, ActiveContext derived) =>
        LazyInitializer.EnsureInitialized(ref _derived, () => new ConcurrentDictionary<object, ActiveContext>())[key] = derived;
}
