using System.Globalization;
using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.ToRdf;

/// <summary>
/// Labels for the blank nodes of one document: <c>b0</c>, <c>b1</c>, … for those without one, <c>x</c> before those that it names.
/// </summary>
internal sealed class BlankNodeLabels
{
    private Dictionary<string, BlankNode>? _named;
    private int _count;

    public BlankNode Next() => new(string.Create(CultureInfo.InvariantCulture, $"b{_count++}"));

    /// <param name="id">With its <c>_:</c>.</param>
    public BlankNode Of(string id)
    {
        _named ??= new Dictionary<string, BlankNode>(StringComparer.Ordinal);
        if (!_named.TryGetValue(id, out var node))
        {
            // A label that N-Quads could not hold is replaced; a plain one is the same in every document.
            node = id.Length > 2 && id.AsSpan(2).IndexOfAnyExcept(PlainLabel) < 0 ? new BlankNode("x" + id[2..]) : Next();
            _named[id] = node;
        }

        return node;
    }

    private static readonly System.Buffers.SearchValues<char> PlainLabel =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}
