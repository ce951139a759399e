namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>Hash First Degree Quads for every node (https://www.w3.org/TR/rdf-canon/#hash-1d-quads).</summary>
internal sealed class FirstDegree : IComparer<int>
{
    private readonly byte[] _hashes;
    private readonly int _size;

    public FirstDegree(QuadForms forms, MentionSets mentions, RdfHash hash)
    {
        _size = hash.Size();
        _hashes = new byte[forms.Labels.Count * _size];
        using var nquads = new Utf8Buffer(4096);
        for (var node = 0; node < forms.Labels.Count; node++)
        {
            Hash(node, forms, mentions, nquads);
            hash.Compute(nquads.Written, _hashes.AsSpan(node * _size, _size));
        }
    }

    public ReadOnlySpan<byte> Of(int node) => _hashes.AsSpan(node * _size, _size);

    /// <summary>Orders nodes by their hashes: the order of bytes is the code point order of the hexadecimal digits.</summary>
    public int Compare(int left, int right) => Of(left).SequenceCompareTo(Of(right));

    /// <summary>Steps 1 to 4: what is to be hashed.</summary>
    private static void Hash(int node, QuadForms forms, MentionSets mentions, Utf8Buffer nquads)
    {
        // 1. nquads is an empty list.
        nquads.Clear();

        // 2. The quads that mention the node.
        var quads = mentions.Of(node);

        // 3. Written with the label a for this node and z for any other.
        foreach (var quad in quads)
        {
            forms.Letter(quad, node, (byte)'a');
        }

        // 4. In code point order, which is the order of UTF-8's bytes. What the input says twice comes together here.
        quads.Sort(new ByLine(forms));
        var kept = 0;
        for (var i = 0; i < quads.Length; i++)
        {
            var quad = quads[i];
            if (kept == 0 || !forms[quad].SameNodes(forms[quads[kept - 1]]) || !forms.Line(quad).SequenceEqual(forms.Line(quads[kept - 1])))
            {
                (quads[kept], quads[i]) = (quad, quads[kept]);
                kept++;
                nquads.Append(forms.Line(quad));
            }
        }

        foreach (var quad in quads)
        {
            forms.Letter(quad, node, (byte)'z');
        }

        mentions.Truncate(node, kept);
    }

    /// <summary>By line, then by nodes, so that equal quads are neighbours.</summary>
    private readonly struct ByLine(QuadForms forms) : IComparer<int>
    {
        public int Compare(int left, int right)
        {
            var byLine = forms.Line(left).SequenceCompareTo(forms.Line(right));
            if (byLine != 0)
            {
                return byLine;
            }

            ref readonly var one = ref forms[left];
            ref readonly var other = ref forms[right];
            return (one.Subject, one.Object, one.Graph).CompareTo((other.Subject, other.Object, other.Graph));
        }
    }
}
