namespace CitiesOfLearning.JsonLd.Tests.Suites;

/// <summary>
/// The cases of the published JSON-LD suites that are not for a JSON-LD 1.1 processor in RDF 1.1, each by its name with its reason.
/// </summary>
internal static class LeftOut
{
    private const string No10Mode = "it asks for a JSON-LD 1.0 mode, which this processor does not have";
    private const string TermIsItsIri =
        "a rule of 1.0: in 1.1 a term that is an IRI must mean that IRI (API, create term definition, 14.2.4)";
    private const string BlankPredicate = "a rule of 1.0: in 1.1 a blank node as property is obsolete, and no RDF";
    private const string EmptyVocab = "a rule of 1.0: 1.1 resolves a relative @vocab (API, context processing, 5.8)";
    private const string ContextMayRecur =
        "a rule of 1.0: in 1.1 it is a context overflow, or allowed where scoped (API, context processing, 5.2)";
    private const string ListOfLists = "a rule of 1.0: 1.1 has lists of lists";
    private const string PrefixMustBeOne =
        "a rule of 1.0: in 1.1 an expanded term definition is a prefix only with @prefix (API, create term definition, 25)";

    public static IReadOnlyList<LeftOutCase> Expand { get; } =
    [
        new("t0026", "Term definition with @id: @type", TermIsItsIri),
        new("t0038", "Expanding blank node labels", BlankPredicate),
        new("t0071", "Redefine terms looking like compact IRIs", TermIsItsIri),
        new("t0075", "@vocab as blank node identifier", No10Mode),
        new("t0115", "Verifies that relative IRIs as properties with @vocab: '' in 1.0 generate an error", EmptyVocab),
        new("t0116", "Verifies that relative IRIs as properties with relative @vocab in 1.0 generate an error", EmptyVocab),
        new("tc029", "@propagate is invalid in 1.0", No10Mode),
        new("tep02", "processingMode json-ld-1.0 conflicts with @version: 1.1", No10Mode),
        new("ter02", "A context may not include itself recursively (direct)", ContextMayRecur),
        new("ter03", "A context may not include itself recursively (indirect)", ContextMayRecur),
        new("ter21", "Invalid container mapping", No10Mode),
        new("ter24", "List of lists (from array)", ListOfLists),
        new("ter32", "List of lists (from array)", ListOfLists),
        new("ter42", "Keywords may not be redefined in 1.0", No10Mode),
        new("tes01", "Using an array value for @context is illegal in JSON-LD 1.0", No10Mode),
        new("tpi01", "error if @version is json-ld-1.0 for property-valued index", No10Mode),
        new("tso01", "@import is invalid in 1.0.", No10Mode),
        new("ttn01", "@type: @none is illegal in 1.0.", No10Mode),
    ];

    public static IReadOnlyList<LeftOutCase> ToRdf { get; } =
    [
        new("t0118", "produce generalized RDF flag", BlankPredicate),
        new("tc029", "@propagate is invalid in 1.0", No10Mode),
        new("te014", "@set of @value objects with keyword aliases", PrefixMustBeOne),
        new("te026", "Expanding term mapping to @type uses @type syntax", TermIsItsIri),
        new("te038", "Drop blank node predicates by default", BlankPredicate),
        new("te071", "Redefine terms looking like compact IRIs", TermIsItsIri),
        new("te075", "@vocab as blank node identifier", No10Mode),
        new("te115", "Verifies that relative IRIs as properties with @vocab: '' in 1.0 generate an error", EmptyVocab),
        new("te116", "Verifies that relative IRIs as properties with relative @vocab in 1.0 generate an error", EmptyVocab),
        new("tep02", "processingMode json-ld-1.0 conflicts with @version: 1.1", No10Mode),
        new("ter02", "A context may not include itself recursively (direct)", ContextMayRecur),
        new("ter03", "A context may not include itself recursively (indirect)", ContextMayRecur),
        new("ter21", "Invalid container mapping", No10Mode),
        new("ter24", "List of lists (from array)", ListOfLists),
        new("ter32", "List of lists (from array)", ListOfLists),
        new("ter42", "Keywords may not be redefined in 1.0", No10Mode),
        new("tpi01", "error if @version is json-ld-1.0 for property-valued index", No10Mode),
        new("tso01", "@import is invalid in 1.0.", No10Mode),
        new("ttn01", "@type: @none is illegal in 1.0.", No10Mode),
    ];
}

internal sealed record LeftOutCase(string Id, string Name, string Reason);
