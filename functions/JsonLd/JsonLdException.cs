namespace CitiesOfLearning.JsonLd;

/// <summary>A document that breaks a rule of JSON-LD, or asks for more than the limits allow. Nothing can be concluded from it.</summary>
/// <param name="code">
/// An error code of https://www.w3.org/TR/json-ld11-api/#jsonlderrorcode, such as <c>invalid term definition</c>, or one of ours.
/// </param>
/// <param name="path">Where in the document, as a JSON Pointer (RFC 6901).</param>
public sealed class JsonLdException(string code, string path, string? detail = null)
    : Exception($"{code} at {(path.Length == 0 ? "the root" : path)}{(detail is null ? "" : $": {detail}")}")
{
    public string Code { get; } = code;

    public string Path { get; } = path;
}
