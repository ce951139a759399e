using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.Tests.Canonicalization;

/// <summary>
/// RDFC-1.0 once more, word by word after https://www.w3.org/TR/rdf-canon/, with strings, dictionaries and no regard for time: what
/// the fast one must agree with.
/// </summary>
internal sealed class PlainRdfc10
{
    private readonly Dictionary<string, List<Quad>> _quadsOf = [];
    private readonly List<string> _canonicalIssuer = [];

    public static string Canonicalize(IEnumerable<Quad> dataset)
    {
        var quads = dataset.Distinct().ToList();
        var state = new PlainRdfc10();
        state.Issue(quads);
        var lines = quads.Select(q => Line(q, label => state.CanonicalOf(label)!));
        return string.Concat(lines.OrderBy(l => l, Comparer<string>.Create(ByCodePoint)));
    }

    private void Issue(List<Quad> quads)
    {
        foreach (var quad in quads)
        {
            foreach (var label in Nodes(quad).Select(n => n.Label).Distinct())
            {
                _quadsOf.TryAdd(label, []);
                _quadsOf[label].Add(quad);
            }
        }

        var byHash = _quadsOf.Keys.GroupBy(HashFirstDegree).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        foreach (var only in byHash.Where(g => g.Count() == 1))
        {
            Issue(_canonicalIssuer, only.Single());
        }

        foreach (var several in byHash.Where(g => g.Count() > 1))
        {
            var hashPathList = several.Where(n => !_canonicalIssuer.Contains(n)).Select(n => HashNDegree(n, [n])).ToList();
            foreach (var existing in hashPathList.OrderBy(r => r.Hash, StringComparer.Ordinal).SelectMany(r => r.Issuer))
            {
                Issue(_canonicalIssuer, existing);
            }
        }
    }

    private string HashFirstDegree(string reference)
    {
        var lines = _quadsOf[reference].Select(q => Line(q, label => label == reference ? "a" : "z"));
        return Hash(string.Concat(lines.OrderBy(l => l, Comparer<string>.Create(ByCodePoint))));
    }

    private string HashRelated(string related, Quad quad, List<string> issuer, string position)
    {
        var identifier = CanonicalOf(related) is { } canonical ? $"_:{canonical}"
            : issuer.Contains(related) ? $"_:b{issuer.IndexOf(related)}"
            : HashFirstDegree(related);
        return Hash(position + (position == "g" ? "" : $"<{quad.Predicate.Value}>") + identifier);
    }

    private (string Hash, List<string> Issuer) HashNDegree(string identifier, List<string> issuer)
    {
        var related = _quadsOf[identifier]
            .SelectMany(q => Nodes(q).Select(n => (n.Label, n.Position, Quad: q)))
            .Where(n => n.Label != identifier)
            .Select(n => (Hash: HashRelated(n.Label, n.Quad, issuer, n.Position), n.Label))
            .GroupBy(r => r.Hash, r => r.Label).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var dataToHash = "";
        foreach (var group in related)
        {
            dataToHash += group.Key;
            var chosenPath = "";
            List<string>? chosenIssuer = null;
            foreach (var permutation in Permutations([.. group]))
            {
                var (path, issuerCopy) = PathOf(permutation, [.. issuer]);
                if (chosenIssuer is null || string.CompareOrdinal(path, chosenPath) < 0)
                {
                    (chosenPath, chosenIssuer) = (path, issuerCopy);
                }
            }

            dataToHash += chosenPath;
            issuer = chosenIssuer!;
        }

        return (Hash(dataToHash), issuer);
    }

    /// <summary>Without the shortcuts of steps 5.4.4.3 and 5.4.5.5, which leave out paths that could not be chosen.</summary>
    private (string Path, List<string> Issuer) PathOf(IEnumerable<string> permutation, List<string> issuerCopy)
    {
        var path = "";
        var recursionList = new List<string>();
        foreach (var related in permutation)
        {
            if (CanonicalOf(related) is { } canonical)
            {
                path += $"_:{canonical}";
                continue;
            }

            if (!issuerCopy.Contains(related))
            {
                recursionList.Add(related);
            }

            path += $"_:b{Issue(issuerCopy, related)}";
        }

        foreach (var related in recursionList)
        {
            var result = HashNDegree(related, issuerCopy);
            path += $"_:b{Issue(issuerCopy, related)}<{result.Hash}>";
            issuerCopy = result.Issuer;
        }

        return (path, issuerCopy);
    }

    private string? CanonicalOf(string label) => _canonicalIssuer.Contains(label) ? $"c14n{_canonicalIssuer.IndexOf(label)}" : null;

    private static int Issue(List<string> issuer, string existing)
    {
        if (!issuer.Contains(existing))
        {
            issuer.Add(existing);
        }

        return issuer.IndexOf(existing);
    }

    private static IEnumerable<(string Label, string Position)> Nodes(Quad quad) =>
        new (RdfTerm? Term, string Position)[] { (quad.Subject, "s"), (quad.Object, "o"), (quad.Graph, "g") }
            .Where(t => t.Term is BlankNode).Select(t => (t.Term!.Value, t.Position));

    private static string Line(Quad quad, Func<string, string> labelOf) =>
        NQuadsWriter.Write(Some.Relabel(quad, Nodes(quad).Select(n => n.Label).Distinct().ToDictionary(l => l, labelOf)));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static int ByCodePoint(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private static IEnumerable<string[]> Permutations(string[] items) =>
        items.Length <= 1
            ? [items]
            : items.Index().SelectMany(first =>
                Permutations([.. items[..first.Index], .. items[(first.Index + 1)..]]).Select(rest => (string[])[first.Item, .. rest]));
}
