using System.Text.Json;

namespace CitiesOfLearning.JsonLd.Contexts;

[Flags]
internal enum Containers
{
    None = 0,
    List = 1,
    Set = 2,
    Index = 4,
    Language = 8,
    Id = 16,
    Type = 32,
    Graph = 64,
}

/// <summary>What a context says of one term (https://www.w3.org/TR/json-ld11-api/#dfn-term-definition).</summary>
internal sealed class TermDefinition
{
    /// <summary>Null where the context switches the term off.</summary>
    public string? Iri { get; init; }

    public bool IsPrefix { get; init; }

    public bool IsProtected { get; init; }

    public bool IsReverse { get; init; }

    public string? Type { get; init; }

    public Containers Container { get; init; }

    /// <summary>The property by which an index map is indexed, as written.</summary>
    public string? Index { get; init; }

    public string? Nest { get; init; }

    /// <summary>The context says something about language; null switches the default off.</summary>
    public bool HasLanguage { get; init; }

    public string? Language { get; init; }

    public bool HasDirection { get; init; }

    public string? Direction { get; init; }

    /// <summary>The scoped context, as written; undefined if there is none.</summary>
    public JsonElement Context { get; init; }

    public string? ContextBase { get; init; }

    /// <summary>
    /// Names the context that applying the scoped context to a type leads to; the definition itself names that of the property.
    /// </summary>
    public object TypeScope { get; } = new();

    public bool HasContext => Context.ValueKind != JsonValueKind.Undefined;

    /// <summary>But for protection.</summary>
    public bool SaysTheSameAs(TermDefinition other) =>
        Iri == other.Iri && IsPrefix == other.IsPrefix && IsReverse == other.IsReverse && Type == other.Type && Container == other.Container
        && Index == other.Index && Nest == other.Nest && HasLanguage == other.HasLanguage && Language == other.Language
        && HasDirection == other.HasDirection && Direction == other.Direction && HasContext == other.HasContext
        && (!HasContext || JsonElement.DeepEquals(Context, other.Context));
}
