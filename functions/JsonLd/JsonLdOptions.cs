namespace CitiesOfLearning.JsonLd;

/// <summary>How a direction becomes RDF (https://www.w3.org/TR/json-ld11-api/#dom-jsonldoptions-rdfdirection).</summary>
public enum RdfDirection
{
    /// <summary>Directions are not in the RDF; in safe mode that is an error.</summary>
    None,

    /// <summary>
    /// Language and direction become the datatype <c>https://www.w3.org/ns/i18n#{language}_{direction}</c>
    /// (https://www.w3.org/TR/json-ld11/#the-i18n-namespace).
    /// </summary>
    I18nDatatype,

    /// <summary>
    /// The value becomes a blank node with <c>rdf:value</c>, <c>rdf:direction</c> and, if it has one, <c>rdf:language</c>
    /// (https://www.w3.org/TR/json-ld11/#the-rdf-compoundliteral-class-and-the-rdf-language-and-rdf-direction-properties).
    /// </summary>
    CompoundLiteral,
}

/// <summary>Options of https://www.w3.org/TR/json-ld11-api/#the-jsonldoptions-type, and safe mode.</summary>
/// <param name="Base">
/// The address against which relative references are resolved; null keeps them relative. Contexts are kept for the next document only
/// without one.
/// </param>
/// <param name="Safe">
/// An error instead of silence wherever something would not be in the RDF. Turned off, a signature over the RDF does not cover all that
/// the document says.
/// </param>
/// <param name="RdfDirection">How <c>@direction</c> becomes RDF.</param>
/// <param name="ExpandContext">
/// A local context to begin with, or a document with a <c>@context</c>: UTF-8 JSON. Empty for none. What is no JSON throws
/// <see cref="System.Text.Json.JsonException"/>.
/// </param>
public sealed record JsonLdOptions(
    string? Base = null, bool Safe = true, RdfDirection RdfDirection = RdfDirection.None, ReadOnlyMemory<byte> ExpandContext = default);
