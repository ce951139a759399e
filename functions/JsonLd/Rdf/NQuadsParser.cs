using System.Text;

namespace CitiesOfLearning.JsonLd.Rdf;

/// <summary>
/// RDF 1.1 N-Quads, strictly by its grammar (https://www.w3.org/TR/n-quads/#sec-grammar). The productions stand in
/// <see cref="NQuadsScanner"/>.
/// </summary>
public static class NQuadsParser
{
    /// <summary>Of UTF-8, unless the caller says otherwise: 10 MB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Reads a document.</summary>
    /// <param name="text">Any number of statements, each on its line.</param>
    /// <param name="maxBytes">How long it may be in UTF-8.</param>
    /// <returns>The quads in their order, with what is said twice.</returns>
    /// <exception cref="NQuadsException">It is not N-Quads, or longer than that.</exception>
    public static IReadOnlyList<Quad> Parse(string text, int maxBytes = MaxBytes)
    {
        using var utf8 = new Utf8Buffer();
        if (!utf8.TryAppend(text))
        {
            throw new NQuadsException(1, "The text holds half of a surrogate pair.");
        }

        return Parse(utf8.Written, maxBytes);
    }

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">Any number of statements, each on its line.</param>
    /// <param name="maxBytes">How long it may be.</param>
    /// <returns>The quads in their order, with what is said twice.</returns>
    /// <exception cref="NQuadsException">It is not N-Quads, or longer than that.</exception>
    public static IReadOnlyList<Quad> Parse(ReadOnlySpan<byte> utf8, int maxBytes = MaxBytes)
    {
        if (utf8.Length > maxBytes)
        {
            throw new NQuadsException(1, $"The document is longer than {maxBytes} bytes.");
        }

        var quads = new List<Quad>();
        var scanner = new NQuadsScanner(utf8);

        // [1] nquadsDoc ::= statement? (EOL statement)* EOL?
        while (scanner.MoveToStatement())
        {
            quads.Add(Statement(ref scanner));
            scanner.EndLine();
        }

        return quads;
    }

    /// <summary>[2] statement ::= subject predicate object graphLabel? '.'</summary>
    private static Quad Statement(ref NQuadsScanner scanner)
    {
        var subject = scanner.IriOrBlankNode("a subject");
        scanner.SkipSpace();
        var predicate = scanner.Iri("a predicate");
        scanner.SkipSpace();
        var @object = scanner.Next == '"' ? scanner.Literal() : scanner.IriOrBlankNode("an object");
        scanner.SkipSpace();
        var graph = scanner.Next == '.' ? null : scanner.IriOrBlankNode("a graph label or the final dot");
        scanner.SkipSpace();
        scanner.Take('.');
        return new Quad(subject, predicate, @object, graph);
    }
}
