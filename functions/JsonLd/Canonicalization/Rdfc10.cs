using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>
/// RDF Dataset Canonicalization, RDFC-1.0 (https://www.w3.org/TR/rdf-canon/#canon-algorithm): the same bytes for datasets that differ only
/// in the labels of blank nodes, in order and in repetition. Numbers in comments are the steps of the algorithm.
/// </summary>
public static class Rdfc10
{
    /// <summary>The error code for a poison graph (https://www.w3.org/TR/rdf-canon/#dataset-poisoning).</summary>
    public const string WorkLimitExceeded = "canonicalization work limit exceeded";

    /// <summary>
    /// In units of about a microsecond: a tenth of a second, and ten times what the hardest graph of the published suite needs. Counted,
    /// not timed, so that every machine refuses the same graphs.
    /// </summary>
    public const int DefaultWork = 60_000;

    /// <summary>Labels the blank nodes canonically, then writes and sorts the quads.</summary>
    /// <param name="dataset">Order and repetition do not matter.</param>
    /// <param name="hash">What a proof with the same hash inside asks for.</param>
    /// <param name="relabel">
    /// Gives each canonical label, such as <c>c14n0</c>, another: lines and map then carry those, and the lines are in their order
    /// (https://www.w3.org/TR/vc-di-ecdsa/#labelreplacementcanonicalizenquads). Null keeps the canonical labels.
    /// </param>
    /// <param name="work">How much may be done to tell blank nodes apart, in the units of <see cref="DefaultWork"/>.</param>
    /// <param name="budget">What a request may ask for with all its datasets; null for no bound but <paramref name="work"/>.</param>
    /// <exception cref="JsonLdException">
    /// <see cref="WorkLimitExceeded"/>, <see cref="NQuadsWriter.InvalidTerm"/> or <see cref="CanonicalDataset.AmbiguousLabels"/>
    /// </exception>
    public static CanonicalDataset Canonicalize(
        IReadOnlyList<Quad> dataset,
        RdfHash hash = RdfHash.Sha256,
        Func<string, string>? relabel = null,
        int work = DefaultWork,
        WorkBudget? budget = null)
    {
        // 1. and 2. The canonicalization state, and for each blank node the quads that mention it.
        using var forms = new QuadForms(dataset);
        var canonicalIssuer = IssueIdentifiers(forms, hash, new WorkLimit(work, budget));

        // 6. and 7.
        return CanonicalDataset.Write(forms, canonicalIssuer, relabel);
    }

    private static CanonicalIssuer IssueIdentifiers(QuadForms forms, RdfHash hash, WorkLimit work)
    {
        var nodes = new int[forms.Labels.Count];
        var canonicalIssuer = new CanonicalIssuer(nodes.Length);
        if (nodes.Length == 0)
        {
            return canonicalIssuer;
        }

        // 3. The first degree hash of each node; the hash to blank nodes map is the nodes in the order of their hashes.
        var mentions = new MentionSets(forms);
        var firstDegree = new FirstDegree(forms, mentions, hash);
        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = node;
        }

        nodes.AsSpan().Sort(firstDegree);

        // 4. Nodes that nobody shares a hash with.
        var shared = new List<(int Start, int End)>();
        for (var start = 0; start < nodes.Length;)
        {
            var end = start + 1;
            while (end < nodes.Length && firstDegree.Compare(nodes[start], nodes[end]) == 0)
            {
                end++;
            }

            if (end == start + 1)
            {
                canonicalIssuer.Issue(nodes[start]);
            }
            else
            {
                shared.Add((start, end));
            }

            start = end;
        }

        // 5. Nodes that share one.
        if (shared.Count > 0)
        {
            using var nDegree = new NDegree(forms, mentions, firstDegree, canonicalIssuer, hash, work);
            foreach (var (start, end) in shared)
            {
                IssueIdentifiers(nodes.AsSpan(start, end - start), canonicalIssuer, nDegree);
            }
        }

        return canonicalIssuer;
    }

    /// <summary>Step 5 for the nodes of one hash.</summary>
    private static void IssueIdentifiers(ReadOnlySpan<int> identifierList, CanonicalIssuer canonicalIssuer, NDegree nDegree)
    {
        // 5.1
        var hashPathList = new List<NDegree.Result>();

        // 5.2
        foreach (var node in identifierList)
        {
            // 5.2.1 to 5.2.4
            if (canonicalIssuer.Find(node) < 0)
            {
                hashPathList.Add(nDegree.Hash(node, new TemporaryIssuer(node)));
            }
        }

        // 5.3
        hashPathList.Sort((left, right) => left.Hash.AsSpan().SequenceCompareTo(right.Hash));
        foreach (var result in hashPathList)
        {
            // 5.3.1
            foreach (var existing in result.Issuer.Issued)
            {
                canonicalIssuer.Issue(existing);
            }
        }
    }
}
