namespace CitiesOfLearning.JsonLd.Contexts;

/// <summary>An active context that is still being changed.</summary>
internal sealed class ContextBuilder
{
    public ContextBuilder(ActiveContext from)
    {
        Terms = new Dictionary<string, TermDefinition>(from.Terms, StringComparer.Ordinal);
        (Base, OriginalBase, Vocab, Language, Direction, Previous) =
            (from.Base, from.OriginalBase, from.Vocab, from.Language, from.Direction, from.Previous);
    }

    public Dictionary<string, TermDefinition> Terms { get; }

    public string? Base { get; set; }

    public string? OriginalBase { get; }

    public string? Vocab { get; set; }

    public string? Language { get; set; }

    public string? Direction { get; set; }

    public ActiveContext? Previous { get; set; }

    public TermDefinition? Find(string term) => Terms.GetValueOrDefault(term);

    public ActiveContext Build(bool isPinned) => new()
    {
        Terms = Terms,
        Base = Base,
        OriginalBase = OriginalBase,
        Vocab = Vocab,
        Language = Language,
        Direction = Direction,
        Previous = Previous,
        IsPinned = isPinned,
    };
}
