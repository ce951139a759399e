using System.Globalization;
using System.Text;

namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>
/// The serialized canonical form and the issued identifiers map (https://www.w3.org/TR/rdf-canon/#dfn-canonicalized-dataset).
/// </summary>
public sealed class CanonicalDataset
{
    /// <summary>The error code where two blank nodes were to get the same label, so that one graph could pass for another.</summary>
    public const string AmbiguousLabels = "two blank nodes with one label";

    private static readonly string[] SmallLabels = [.. Enumerable.Range(0, 64).Select(Label)];

    private readonly int[] _ends;
    private readonly int[] _lines;

    private CanonicalDataset(byte[] nquads, int[] ends, int[] lines, IReadOnlyDictionary<string, string> issuedIdentifiers)
    {
        NQuads = nquads;
        _ends = ends;
        _lines = lines;
        IssuedIdentifiers = issuedIdentifiers;
    }

    /// <summary>Canonical N-Quads in UTF-8, in code point order, no line twice.</summary>
    public ReadOnlyMemory<byte> NQuads { get; }

    /// <summary>Lines: what the input says twice is one.</summary>
    public int Count => _ends.Length;

    /// <summary>From the label in the input to the label in the lines, both without <c>_:</c>.</summary>
    public IReadOnlyDictionary<string, string> IssuedIdentifiers { get; }

    /// <summary>One quad in UTF-8, with its line feed: a part of <see cref="NQuads"/>.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>, exclusive.</param>
    public ReadOnlyMemory<byte> Line(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return NQuads[start.._ends[index]];
    }

    /// <summary>Which line a quad of the input became, counted from 0.</summary>
    /// <param name="quad">Its place in the input, counted from 0.</param>
    public int LineOf(int quad) => _lines[quad];

    internal static CanonicalDataset Write(QuadForms forms, CanonicalIssuer canonicalIssuer, Func<string, string>? relabel)
    {
        var issued = new Dictionary<string, string>(forms.Labels.Count, StringComparer.Ordinal);
        var labels = new byte[forms.Labels.Count][];
        for (var node = 0; node < labels.Length; node++)
        {
            var number = canonicalIssuer.Find(node);
            var label = number < SmallLabels.Length ? SmallLabels[number] : Label(number);
            label = relabel is null ? label : relabel(label);
            issued.Add(forms.Labels[node], label);
            labels[node] = Encoding.UTF8.GetBytes(label);
        }

        if (relabel is not null && issued.Values.Distinct(StringComparer.Ordinal).Count() < issued.Count)
        {
            throw new JsonLdException(AmbiguousLabels, "");
        }

        return Write(forms, labels, issued);
    }

    private static CanonicalDataset Write(QuadForms forms, byte[][] labels, IReadOnlyDictionary<string, string> issued)
    {
        using var utf8 = new Utf8Buffer(forms.Count * 192);
        var order = new Written[forms.Count];
        for (var quad = 0; quad < order.Length; quad++)
        {
            var start = utf8.Length;
            forms.Write(utf8, quad, labels);
            order[quad] = new Written(start, utf8.Length, quad);
        }

        order.AsSpan().Sort(new ByText(utf8));
        var nquads = new byte[utf8.Length];
        var ends = new int[order.Length];
        var lines = new int[order.Length];
        var (count, length) = (0, 0);
        for (var i = 0; i < order.Length; i++)
        {
            var line = order[i].Of(utf8);
            if (i == 0 || !line.SequenceEqual(order[i - 1].Of(utf8)))
            {
                line.CopyTo(nquads.AsSpan(length));
                length += line.Length;
                ends[count++] = length;
            }

            lines[order[i].Quad] = count - 1;
        }

        return new CanonicalDataset(
            length == nquads.Length ? nquads : nquads[..length], count == ends.Length ? ends : ends[..count], lines, issued);
    }

    private static string Label(int number) => string.Create(CultureInfo.InvariantCulture, $"c14n{number}");

    private readonly record struct Written(int Start, int End, int Quad)
    {
        public ReadOnlySpan<byte> Of(Utf8Buffer utf8) => utf8.Written[Start..End];
    }

    private readonly struct ByText(Utf8Buffer utf8) : IComparer<Written>
    {
        public int Compare(Written left, Written right) => left.Of(utf8).SequenceCompareTo(right.Of(utf8));
    }
}
