using System.Text;
using System.Text.RegularExpressions;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Rdf;
using CsCheck;

namespace CitiesOfLearning.JsonLd.Tests.Canonicalization;

/// <summary>Graphs for tests.</summary>
internal static class Some
{
    /// <summary>N-Quads where <c>:x</c> is short for <c>&lt;urn:x&gt;</c>, and lines may stand on one, parted by semicolons.</summary>
    public static IReadOnlyList<Quad> Graph(string quads) =>
        NQuadsParser.Parse(string.Concat(quads.Split(';').Select(q => Regex.Replace(q.Trim(), @"(?<![_\w]):(\w+)", "<urn:$1>") + " .\n")));

    public static string Text(this CanonicalDataset dataset) => Encoding.UTF8.GetString(dataset.NQuads.Span);

    /// <summary>Small graphs with few terms, so that many blank nodes look the same.</summary>
    public static Gen<Quad[]> SmallGraph { get; } = Quads(nodes: 4).Array[0, 7];

    /// <summary>Larger ones, with more to tell nodes apart.</summary>
    public static Gen<Quad[]> LargerGraph { get; } = Quads(nodes: 12).Array[0, 40];

    /// <summary>Nodes and nothing else, so that paths must be followed far to tell them apart.</summary>
    public static Gen<Quad[]> AlikeGraph { get; } =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], (s, o) => new Quad(Node(s), new Iri("urn:p"), Node(o))).Array[3, 10];

    /// <summary>A tree and its twin, so that no node is unique and the order of branches must be found.</summary>
    public static Gen<Quad[]> TwinTrees { get; } =
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[1, 5], (third, fourth, fifth, sixth, marked) =>
        {
            int[] of = [0, 0, third, fourth, fifth, sixth];
            return Enumerable.Range(0, 12).Select(i => i % 6 == 0
                ? new Quad(Node(i + marked), new Iri("urn:q"), new Literal("marked", Literal.XsdString))
                : new Quad(Node(i - (i % 6) + of[i % 6]), new Iri("urn:p"), Node(i))).ToArray();
        });

    public static BlankNode Node(int number) => new($"n{number}");

    /// <summary>The same graph with other labels, in another order, with something said twice.</summary>
    public static Quad[] InOtherWords(Quad[] graph, int seed)
    {
        var random = new Random(seed);
        var nodes = graph.SelectMany(q => new[] { q.Subject, q.Object, q.Graph }).OfType<BlankNode>();
        var labels = nodes.Select(n => n.Value).Distinct().ToArray();
        var others = Enumerable.Range(0, labels.Length).Select(i => $"x{i}").ToArray();
        random.Shuffle(others);
        var names = labels.Zip(others).ToDictionary(p => p.First, p => p.Second);
        var quads = graph.Concat(graph.Take(2)).Select(q => Relabel(q, names)).ToArray();
        random.Shuffle(quads);
        return quads;
    }

    public static Quad Relabel(Quad quad, IReadOnlyDictionary<string, string> names) =>
        new(Relabel(quad.Subject, names)!, quad.Predicate, Relabel(quad.Object, names)!, Relabel(quad.Graph, names));

    private static RdfTerm? Relabel(RdfTerm? term, IReadOnlyDictionary<string, string> names) =>
        term is BlankNode ? new BlankNode(names[term.Value]) : term;

    private static Gen<Quad> Quads(int nodes)
    {
        var node = Gen.Int[0, nodes - 1].Select(n => (RdfTerm)Node(n));
        var iri = Gen.Const((RdfTerm)new Iri("urn:a"));
        var subject = Gen.Frequency((6, node), (1, iri));
        var predicate = Gen.Bool.Select(p => new Iri(p ? "urn:p" : "urn:q"));
        var @object = Gen.Frequency((6, node), (1, iri), (1, Gen.Int[0, 2].Select(v => (RdfTerm)new Literal($"{v}", Literal.XsdString))));
        var graph = Gen.Frequency(
            (5, Gen.Const((RdfTerm?)null)), (1, node.Select(n => (RdfTerm?)n)), (1, Gen.Const((RdfTerm?)new Iri("urn:g"))));
        return Gen.Select(subject, predicate, @object, graph, (s, p, o, g) => new Quad(s, p, o, g));
    }
}
