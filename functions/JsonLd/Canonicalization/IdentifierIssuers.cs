using System.Runtime.InteropServices;

namespace CitiesOfLearning.JsonLd.Canonicalization;

/// <summary>
/// The identifier issuers of https://www.w3.org/TR/rdf-canon/#bn-issuer-state number blank nodes in the order in which they are first
/// asked for (#issue-identifier). The identifier is the number behind a prefix. This is the canonical issuer, with prefix <c>c14n</c>.
/// </summary>
internal sealed class CanonicalIssuer
{
    private readonly int[] _numbers;
    private int _count;

    public CanonicalIssuer(int nodes)
    {
        _numbers = new int[nodes];
        Array.Fill(_numbers, -1);
    }

    /// <summary>The node's number, or -1.</summary>
    public int Find(int node) => _numbers[node];

    public void Issue(int node)
    {
        if (_numbers[node] < 0)
        {
            _numbers[node] = _count++;
        }
    }
}

/// <summary>A temporary issuer, with prefix <c>b</c>: made for one node, copied for each path that is tried.</summary>
internal sealed class TemporaryIssuer
{
    private readonly List<int> _issued;

    public TemporaryIssuer(int first) => _issued = [first];

    private TemporaryIssuer(TemporaryIssuer original) => _issued = [.. original._issued];

    /// <summary>The nodes in the order of their numbers.</summary>
    public ReadOnlySpan<int> Issued => CollectionsMarshal.AsSpan(_issued);

    public TemporaryIssuer Copy() => new(this);

    /// <summary>The node's number, or -1.</summary>
    public int Find(int node) => Issued.IndexOf(node);

    public int Issue(int node)
    {
        var number = Find(node);
        if (number < 0)
        {
            number = _issued.Count;
            _issued.Add(node);
        }

        return number;
    }
}
