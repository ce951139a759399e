using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>
/// A dataset, each quad written once in canonical N-Quads with the one letter <c>z</c> for the label of each blank node. The hashes change
/// that letter in place, and the result is copied from around it, so no term is written twice. Blank nodes are numbered from 0.
/// </summary>
internal sealed class QuadForms : IDisposable
{
    public const int NoNode = -1;

    private readonly Utf8Buffer _utf8;
    private readonly Form[] _forms;
    private readonly List<string> _labels = [];
    private readonly Dictionary<string, int> _nodes = new(StringComparer.Ordinal);

    public QuadForms(IReadOnlyList<Quad> dataset)
    {
        _utf8 = new Utf8Buffer(dataset.Count * 192);
        _forms = new Form[dataset.Count];
        try
        {
            for (var i = 0; i < _forms.Length; i++)
            {
                _forms[i] = Write(dataset[i]);
            }
        }
        catch
        {
            _utf8.Dispose();
            throw;
        }
    }

    public int Count => _forms.Length;

    /// <summary>The labels that the blank nodes came with (the input blank node identifier map).</summary>
    public IReadOnlyList<string> Labels => _labels;

    public ref readonly Form this[int quad] => ref _forms[quad];

    /// <summary>The quad's line, with whatever letters it has now.</summary>
    public ReadOnlySpan<byte> Line(int quad) => _utf8.Written[_forms[quad].Start.._forms[quad].End];

    /// <summary>With its angle brackets.</summary>
    public ReadOnlySpan<byte> Predicate(int quad) => _utf8.Written[_forms[quad].PredicateStart.._forms[quad].PredicateEnd];

    /// <summary>Writes the letter where the quad says the node.</summary>
    public void Letter(int quad, int node, byte letter)
    {
        ref readonly var form = ref _forms[quad];
        var utf8 = _utf8.Written;
        if (form.Subject == node)
        {
            utf8[form.SubjectAt] = letter;
        }

        if (form.Object == node)
        {
            utf8[form.ObjectAt] = letter;
        }

        if (form.Graph == node)
        {
            utf8[form.GraphAt] = letter;
        }
    }

    /// <summary>The quad's line with these labels, one for each node.</summary>
    public void Write(Utf8Buffer output, int quad, byte[][] labels)
    {
        ref readonly var form = ref _forms[quad];
        var from = form.Start;
        from = Write(output, from, form.Subject, form.SubjectAt, labels);
        from = Write(output, from, form.Object, form.ObjectAt, labels);
        from = Write(output, from, form.Graph, form.GraphAt, labels);
        output.Append(_utf8.Written[from..form.End]);
    }

    public void Dispose() => _utf8.Dispose();

    private int Write(Utf8Buffer output, int from, int node, int at, byte[][] labels)
    {
        if (node == NoNode)
        {
            return from;
        }

        output.Append(_utf8.Written[from..at]);
        output.Append(labels[node]);
        return at + 1;
    }

    private Form Write(in Quad quad)
    {
        var form = new Form { Start = _utf8.Length, Graph = NoNode };
        (form.Subject, form.SubjectAt) = Write(quad.Subject);
        form.PredicateStart = _utf8.Length;
        Write(quad.Predicate);
        form.PredicateEnd = _utf8.Length - 1;
        (form.Object, form.ObjectAt) = Write(quad.Object);
        if (quad.Graph is not null)
        {
            (form.Graph, form.GraphAt) = Write(quad.Graph);
        }

        _utf8.Append(".\n"u8);
        form.End = _utf8.Length;
        return form;
    }

    /// <summary>The term and a space; which node it is and where its letter stands.</summary>
    private (int Node, int At) Write(RdfTerm term)
    {
        if (term is not BlankNode)
        {
            NQuadsWriter.Append(_utf8, term);
            _utf8.Append((byte)' ');
            return (NoNode, 0);
        }

        _utf8.Append("_:z "u8);
        if (!_nodes.TryGetValue(term.Value, out var node))
        {
            node = _labels.Count;
            _nodes.Add(term.Value, node);
            _labels.Add(term.Value);
        }

        return (node, _utf8.Length - 2);
    }

    /// <summary>Offsets in the buffer, and nodes or <see cref="NoNode"/>.</summary>
    internal struct Form
    {
        public int Start;
        public int End;
        public int PredicateStart;
        public int PredicateEnd;
        public int Subject;
        public int SubjectAt;
        public int Object;
        public int ObjectAt;
        public int Graph;
        public int GraphAt;

        public readonly bool Mentions(int node) => Subject == node || Object == node || Graph == node;

        public readonly bool SameNodes(in Form other) => Subject == other.Subject && Object == other.Object && Graph == other.Graph;
    }
}
