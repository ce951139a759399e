namespace CitiesOfLearning.JsonLd;

/// <summary>How a direction becomes RDF (https://www.w3.org/TR/json-ld11-api/#dom-jsonldoptions-rdfdirection).</summary>
public enum RdfDirection
{
    /// <summary>Directions are not in the RDF; in safe mode that is an error.</summary>
    None,
    I18nDatatype,
    CompoundLiteral,
}

/// <param name="Base">The address against which relative references are resolved; null keeps them relative. Contexts are kept for the next
/// document only without one.</param>
/// <param name="Safe">An error instead of silence wherever something would not be in the RDF. Off only for the published test
/// suites.</param>
/// <param name="ExpandContext">A local context to begin with, JSON.</param>
public sealed record JsonLdOptions(
    string? Base = null, bool Safe = true, RdfDirection RdfDirection = RdfDirection.None, ReadOnlyMemory<byte> ExpandContext = default);
