namespace CitiesOfLearning.JsonLd;

/// <summary>A document that breaks a rule of JSON-LD, or asks for more than the limits allow. Nothing can be concluded from it.</summary>
/// <param name="code">
/// An error code of https://www.w3.org/TR/json-ld11-api/#jsonlderrorcode, such as <c>invalid term definition</c>, or one of ours.
/// </param>
/// <param name="path">Where in the document, as a JSON Pointer (https://www.rfc-editor.org/rfc/rfc6901); empty for the whole.</param>
/// <param name="detail">What the code does not say, for a person to read.</param>
public sealed class JsonLdException(string code, string path, string? detail = null)
    : Exception($"{code} at {(path.Length == 0 ? "the root" : path)}{(detail is null ? "" : $": {detail}")}")
{
    /// <summary>
    /// An error code of https://www.w3.org/TR/json-ld11-api/#jsonlderrorcode, or one of <see cref="JsonLdErrors"/>,
    /// <see cref="Canonicalization.Rdfc10.WorkLimitExceeded"/>, <see cref="Canonicalization.CanonicalDataset.AmbiguousLabels"/> or
    /// <see cref="Rdf.NQuadsWriter.InvalidTerm"/>.
    /// </summary>
    public string Code { get; } = code;

    /// <summary>
    /// A JSON Pointer (https://www.rfc-editor.org/rfc/rfc6901) into the document. Inside a context that was loaded it goes on from the
    /// reference. Empty for the whole document, and for errors in statements.
    /// </summary>
    public string Path { get; } = path;
}
