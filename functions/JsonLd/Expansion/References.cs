namespace CitiesOfLearning.JsonLd.Expansion;

internal static class References
{
    /// <summary>In safe mode a reference must mean the same everywhere.</summary>
    /// <param name="iri">As expanded; null if it looks like a keyword, and then nothing refers to it.</param>
    public static object Checked(string? iri, string written, bool safe, JsonPath path) =>
        safe && (iri is null || !(IriReference.IsAbsolute(iri) || IriReference.IsBlankNode(iri)))
            ? throw path.Error(JsonLdErrors.WouldBeDropped, $"{written} is no absolute IRI")
            : iri ?? Null;

    /// <summary>An id that is null: there is an object, and it is not to be referred to.</summary>
    public static readonly object Null = new();
}
