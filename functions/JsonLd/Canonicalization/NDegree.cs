using System.Buffers;

namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>
/// Hash N-Degree Quads (https://www.w3.org/TR/rdf-canon/#hash-nd-quads) and Hash Related Blank Node (#hash-related-blank-node):
/// tells nodes apart by the paths to what is around them. Numbers in comments are the steps of the algorithms.
/// </summary>
internal sealed class NDegree(
    QuadForms forms, MentionSets mentions, FirstDegree firstDegree, CanonicalIssuer canonical, RdfHash hash, WorkLimit work) : IDisposable
{
    private readonly Utf8Buffer _input = new();

    public Result Hash(int node, TemporaryIssuer issuer, int depth = 0)
    {
        if (depth == WorkLimit.MaxDepth)
        {
            throw WorkLimit.Exceeded("a path of blank nodes that look the same is too long");
        }

        work.Spend(1);

        // 1. to 3. Hn: the related nodes by their related hash.
        var related = RelatedTo(node, issuer);

        // 4.
        using var dataToHash = new Utf8Buffer();

        // 5. For each related hash, in code point order.
        for (var start = 0; start < related.Count;)
        {
            var end = start + 1;
            while (end < related.Count && related[end].Hash.AsSpan().SequenceEqual(related[start].Hash))
            {
                end++;
            }

            // 5.1
            dataToHash.AppendHex(related[start].Hash);

            // 5.2 to 5.4
            var nodes = related.GetRange(start, end - start).ConvertAll(r => r.Node).ToArray();
            using var chosen = ShortestPath(nodes, issuer, depth);

            // 5.5
            dataToHash.Append(chosen.Path.Written);

            // 5.6
            issuer = chosen.Issuer;
            start = end;
        }

        // 6.
        var result = new byte[hash.Size()];
        hash.Compute(dataToHash.Written, result);
        return new Result(result, issuer);
    }

    public void Dispose() => _input.Dispose();

    /// <summary>Steps 2 and 3, in the order of the hashes.</summary>
    private List<Related> RelatedTo(int node, TemporaryIssuer issuer)
    {
        var related = new List<Related>();
        foreach (var quad in mentions.Of(node))
        {
            // 3.1 Each component that is another blank node.
            ref readonly var form = ref forms[quad];
            Add(form.Subject, 's');
            Add(form.Object, 'o');
            Add(form.Graph, 'g');

            void Add(int component, char position)
            {
                if (component != QuadForms.NoNode && component != node)
                {
                    related.Add(new Related(HashRelated(component, quad, issuer, position), component));
                }
            }
        }

        related.Sort();
        return related;
    }

    /// <summary>Hash Related Blank Node.</summary>
    private byte[] HashRelated(int related, int quad, TemporaryIssuer issuer, char position)
    {
        work.Spend(1);

        // 1.
        _input.Clear();
        _input.Append((byte)position);

        // 2.
        if (position != 'g')
        {
            _input.Append(forms.Predicate(quad));
        }

        // 3.
        if (canonical.Find(related) is >= 0 and var number)
        {
            AppendIdentifier(_input, CanonicalPrefix, number);
        }
        else if (issuer.Find(related) is >= 0 and var temporary)
        {
            AppendIdentifier(_input, TemporaryPrefix, temporary);
        }
        else
        {
            // 4.
            _input.AppendHex(firstDegree.Of(related));
        }

        // 5.
        work.Spend(_input.Length / WorkLimit.HashedPerUnit);
        var result = new byte[hash.Size()];
        hash.Compute(_input.Written, result);
        return result;
    }

    /// <summary>Steps 5.2 to 5.4: over all orders of these nodes, the path that comes first.</summary>
    private Candidate ShortestPath(int[] nodes, TemporaryIssuer issuer, int depth)
    {
        Candidate? chosen = null;
        var path = new Utf8Buffer();

        // 5.4 Each permutation once, even where a node stands twice.
        Array.Sort(nodes);
        do
        {
            // 5.4.1 to 5.4.3
            work.Spend(1 + (nodes.Length / 8) + (issuer.Issued.Length / 64));
            path.Clear();
            if (TryPath(nodes, issuer.Copy(), depth, path, chosen) is not { } issuerCopy)
            {
                continue;
            }

            // 5.4.6
            if (chosen is null || path.Written.SequenceCompareTo(chosen.Path.Written) < 0)
            {
                var free = chosen?.Path ?? new Utf8Buffer();
                chosen = new Candidate(path, issuerCopy);
                path = free;
            }
        }
        while (Permutation.Next(nodes));

        path.Dispose();
        return chosen!;
    }

    /// <summary>Steps 5.4.4 and 5.4.5; null where the path is already behind the chosen one.</summary>
    private TemporaryIssuer? TryPath(int[] permutation, TemporaryIssuer issuerCopy, int depth, Utf8Buffer path, Candidate? chosen)
    {
        var recursionList = new List<int>();

        // 5.4.4
        foreach (var related in permutation)
        {
            if (canonical.Find(related) is >= 0 and var number)
            {
                // 5.4.4.1
                AppendIdentifier(path, CanonicalPrefix, number);
            }
            else
            {
                // 5.4.4.2.1
                if (issuerCopy.Find(related) < 0)
                {
                    recursionList.Add(related);
                }

                // 5.4.4.2.2
                AppendIdentifier(path, TemporaryPrefix, issuerCopy.Issue(related));
            }

            // 5.4.4.3
            if (IsBehind(path, chosen))
            {
                return null;
            }
        }

        // 5.4.5
        foreach (var related in recursionList)
        {
            // 5.4.5.1
            var result = Hash(related, issuerCopy, depth + 1);

            // 5.4.5.2
            AppendIdentifier(path, TemporaryPrefix, issuerCopy.Issue(related));

            // 5.4.5.3
            path.Append((byte)'<');
            path.AppendHex(result.Hash);
            path.Append((byte)'>');

            // 5.4.5.4
            issuerCopy = result.Issuer;

            // 5.4.5.5
            if (IsBehind(path, chosen))
            {
                return null;
            }
        }

        return issuerCopy;
    }

    private static bool IsBehind(Utf8Buffer path, Candidate? chosen) =>
        chosen is not null && path.Length >= chosen.Path.Length && path.Written.SequenceCompareTo(chosen.Path.Written) > 0;

    private static ReadOnlySpan<byte> CanonicalPrefix => "_:c14n"u8;

    private static ReadOnlySpan<byte> TemporaryPrefix => "_:b"u8;

    private static void AppendIdentifier(Utf8Buffer utf8, ReadOnlySpan<byte> prefix, int number)
    {
        utf8.Append(prefix);
        utf8.AppendNumber(number);
    }

    internal sealed record Result(byte[] Hash, TemporaryIssuer Issuer);

    private readonly record struct Related(byte[] Hash, int Node) : IComparable<Related>
    {
        public int CompareTo(Related other) => Hash.AsSpan().SequenceCompareTo(other.Hash);
    }

    private sealed record Candidate(Utf8Buffer Path, TemporaryIssuer Issuer) : IDisposable
    {
        public void Dispose() => Path.Dispose();
    }
}
