using System.Globalization;
using System.Text;

namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>The serialized canonical form and the issued identifiers map (https://www.w3.org/TR/rdf-canon/#dfn-canonicalized-dataset).</summary>
public sealed class CanonicalDataset
{
    /// <summary>The error code where two blank nodes were to get the same label, so that one graph could pass for another.</summary>
    public const string AmbiguousLabels = "two blank nodes with one label";

    private static readonly string[] SmallLabels = [.. Enumerable.Range(0, 64).Select(Label)];

    private readonly int[] _ends;

    private CanonicalDataset(byte[] nquads, int[] ends, IReadOnlyDictionary<string, string> issuedIdentifiers)
    {
        NQuads = nquads;
        _ends = ends;
        IssuedIdentifiers = issuedIdentifiers;
    }

    /// <summary>Canonical N-Quads in UTF-8, in code point order, no line twice.</summary>
    public ReadOnlyMemory<byte> NQuads { get; }

    public int Count => _ends.Length;

    /// <summary>From the label in the input to the label in the lines, both without <c>_:</c>.</summary>
    public IReadOnlyDictionary<string, string> IssuedIdentifiers { get; }

    /// <summary>One quad, with its line feed.</summary>
    public ReadOnlyMemory<byte> Line(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return NQuads[start.._ends[index]];
    }

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
        using var lines = new Utf8Buffer(forms.Count * 192);
        var order = new Range[forms.Count];
        for (var quad = 0; quad < order.Length; quad++)
        {
            var start = lines.Length;
            forms.Write(lines, quad, labels);
            order[quad] = start..lines.Length;
        }

        order.AsSpan().Sort(new ByLine(lines));
        var nquads = new byte[lines.Length];
        var ends = new int[order.Length];
        var (count, length) = (0, 0);
        for (var i = 0; i < order.Length; i++)
        {
            var line = lines.Written[order[i]];
            if (i == 0 || !line.SequenceEqual(lines.Written[order[i - 1]]))
            {
                line.CopyTo(nquads.AsSpan(length));
                length += line.Length;
                ends[count++] = length;
            }
        }

        return new CanonicalDataset(
            length == nquads.Length ? nquads : nquads[..length], count == ends.Length ? ends : ends[..count], issued);
    }

    private static string Label(int number) => string.Create(CultureInfo.InvariantCulture, $"c14n{number}");

    private readonly struct ByLine(Utf8Buffer lines) : IComparer<Range>
    {
        public int Compare(Range left, Range right) => lines.Written[left].SequenceCompareTo(lines.Written[right]);
    }
}
