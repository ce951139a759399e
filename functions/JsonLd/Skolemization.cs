using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd;

/// <summary>
/// Gives every node of a document that has no id an address of its own, so that parts of it can be turned into RDF and still say which
/// node is meant (https://www.w3.org/TR/vc-di-ecdsa/#skolemizecompactjsonld). The ids are written into the document's own text; nothing
/// is compacted.
/// </summary>
public static class Skolemization
{
    private const string Scheme = "urn:bnid:";

    /// <summary>Writes an id into each object that is a node and has none.</summary>
    /// <param name="processor">Knows the document's contexts.</param>
    /// <param name="document">A view of its own text, which is copied as it stands but for the ids.</param>
    /// <returns>The document with ids <c>urn:bnid:…</c>, UTF-8 JSON.</returns>
    /// <exception cref="JsonLdException">
    /// As <see cref="JsonLdProcessor.ToRdf(JsonElement, JsonLdOptions?)"/>; or a node has no place for an id, or an id begins with
    /// <c>urn:bnid:</c> already.
    /// </exception>
    public static byte[] Skolemize(JsonLdProcessor processor, JsonElement document)
    {
        var text = JsonMarshal.GetRawUtf8Value(document);
        var unnamed = new SortedDictionary<int, string>();
        ReadOnlyMemory<byte> copy = text.ToArray();
        using var source = JsonDocument.Parse(copy);
        var quads = processor.ToRdf(source.RootElement, new JsonLdOptions(), (element, label) =>
        {
            // The graph that a term makes around each of its values, such as that of an embedded proof, is no object of the document.
            if (element.ValueKind != JsonValueKind.Object || !unnamed.TryAdd(Offset(copy.Span, element), label))
            {
                throw new JsonLdException(JsonLdErrors.InvalidIdValue, "", "a node that the document does not write cannot be given an id");
            }
        });
        if (quads.Exists(q => IsSkolem(q.Subject) || IsSkolem(q.Object) || IsSkolem(q.Graph)))
        {
            throw new JsonLdException(JsonLdErrors.InvalidIdValue, "", $"an id that begins with {Scheme} would be taken for another node");
        }

        var result = new MemoryStream(text.Length + (unnamed.Count * 32));
        var written = 0;
        foreach (var (offset, label) in unnamed)
        {
            result.Write(text[written..(offset + 1)]);
            var isEmpty = text[(offset + 1)..].TrimStart(" \t\r\n"u8)[0] == (byte)'}';
            result.Write(Encoding.UTF8.GetBytes($"\"@id\":\"{Scheme}{label}\"{(isEmpty ? "" : ",")}"));
            written = offset + 1;
        }

        result.Write(text[written..]);
        return result.ToArray();
    }

    /// <summary>
    /// Makes the addresses blank nodes again (https://www.w3.org/TR/vc-di-ecdsa/#todeskolemizednquads): <c>urn:bnid:b0</c> becomes the
    /// blank node <c>b0</c>.
    /// </summary>
    public static IReadOnlyList<Quad> Deskolemize(IReadOnlyList<Quad> quads) =>
        [.. quads.Select(q => new Quad(Deskolemize(q.Subject), q.Predicate, Deskolemize(q.Object), Deskolemize(q.Graph)))];

    [return: NotNullIfNotNull(nameof(term))]
    private static RdfTerm? Deskolemize(RdfTerm? term) => IsSkolem(term) ? new BlankNode(term.Value[Scheme.Length..]) : term;

    private static bool IsSkolem([NotNullWhen(true)] RdfTerm? term) =>
        term is Iri && term.Value.StartsWith(Scheme, StringComparison.Ordinal);

    private static int Offset(ReadOnlySpan<byte> text, JsonElement element) =>
        (int)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(text), ref MemoryMarshal.GetReference(JsonMarshal.GetRawUtf8Value(element)));
}
