namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>
/// The blank node to quads map (https://www.w3.org/TR/rdf-canon/#dfn-blank-node-to-quads-map): for each node the quads that mention it,
/// each once however often the input says it, since a dataset is a set.
/// </summary>
internal sealed class MentionSets
{
    private readonly int[] _quads;
    private readonly int[] _starts;
    private readonly int[] _counts;

    public MentionSets(QuadForms forms)
    {
        var nodes = forms.Labels.Count;
        _starts = new int[nodes];
        _counts = new int[nodes];
        for (var quad = 0; quad < forms.Count; quad++)
        {
            ref readonly var form = ref forms[quad];
            Count(form.Subject);
            Count(form.Object == form.Subject ? QuadForms.NoNode : form.Object);
            Count(form.Graph == form.Subject || form.Graph == form.Object ? QuadForms.NoNode : form.Graph);
        }

        var total = 0;
        for (var node = 0; node < nodes; node++)
        {
            _starts[node] = total;
            total += _counts[node];
            _counts[node] = 0;
        }

        _quads = new int[total];
        for (var quad = 0; quad < forms.Count; quad++)
        {
            ref readonly var form = ref forms[quad];
            Add(form.Subject, quad);
            Add(form.Object == form.Subject ? QuadForms.NoNode : form.Object, quad);
            Add(form.Graph == form.Subject || form.Graph == form.Object ? QuadForms.NoNode : form.Graph, quad);
        }
    }

    public Span<int> Of(int node) => _quads.AsSpan(_starts[node], _counts[node]);

    /// <summary>Forgets all but the node's first mentions.</summary>
    public void Truncate(int node, int count) => _counts[node] = count;

    private void Count(int node)
    {
        if (node != QuadForms.NoNode)
        {
            _counts[node]++;
        }
    }

    private void Add(int node, int quad)
    {
        if (node != QuadForms.NoNode)
        {
            _quads[_starts[node] + _counts[node]++] = quad;
        }
    }
}
