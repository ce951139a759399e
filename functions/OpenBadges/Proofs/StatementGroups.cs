using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.OpenBadges.Proofs;

/// <summary>
/// A document as canonical statements, and which of them parts of the document say: canonicalizeAndGroup
/// (https://www.w3.org/TR/vc-di-ecdsa/#canonicalizeandgroup).
/// </summary>
internal sealed class StatementGroups
{
    private readonly JsonLdProcessor _processor;
    private readonly JsonElement _skolemized;
    private readonly Dictionary<Quad, int> _lines = [];

    /// <param name="hmacKey">Makes labels for blank nodes that tell nothing about what is left out.</param>
    public StatementGroups(JsonElement document, byte[] hmacKey, JsonLdProcessor processor)
    {
        // 1. and 2. Each node without an id gets one, so that it is known again in a part of the document.
        _processor = processor;
        _skolemized = JsonElement.Parse(Skolemization.Skolemize(processor, document));
        var quads = Statements(_skolemized);

        // 3. labelReplacementCanonicalizeNQuads with createHmacIdLabelMapFunction.
        Canonical = Rdfc10.Canonicalize(
            quads, relabel: label => "u" + Base64Url.EncodeToString(HMACSHA256.HashData(hmacKey, Encoding.UTF8.GetBytes(label))));
        for (var i = 0; i < quads.Count; i++)
        {
            _lines[quads[i]] = Canonical.LineOf(i);
        }
    }

    /// <summary>The statements of the whole document, with the labels that the HMAC makes.</summary>
    public CanonicalDataset Canonical { get; }

    /// <summary>
    /// Steps 5 to 7: the statements of a part. Instead of the lines of relabelled statements, the statements themselves are compared: the
    /// nodes have the same ids here and there.
    /// </summary>
    /// <exception cref="ArgumentException">A pointer leads nowhere, or into the middle of a statement.</exception>
    public Group Select(IReadOnlyList<string> pointers)
    {
        var quads = JsonSelection.Select(_skolemized, pointers) is { } selection ? Statements(selection) : [];
        var matching = new SortedSet<int>();
        foreach (var quad in quads)
        {
            matching.Add(_lines.TryGetValue(quad, out var line)
                ? line
                : throw new ArgumentException("A pointer leads into the middle of a statement."));
        }

        return new Group(matching, quads);
    }

    private IReadOnlyList<Quad> Statements(JsonElement skolemized) => Skolemization.Deskolemize(_processor.ToRdf(skolemized));

    /// <param name="Matching">Indexes of canonical lines, in their order.</param>
    /// <param name="Statements">With the labels of the skolemized document.</param>
    internal sealed record Group(SortedSet<int> Matching, IReadOnlyList<Quad> Statements);
}
