using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.Tests.Canonicalization;

/// <summary>Graphs that are made to keep a canonicalizer busy for ever (https://www.w3.org/TR/rdf-canon/#dataset-poisoning).</summary>
public sealed class PoisonGraphTests
{
    private static readonly Iri P = new("urn:p");

    public static TheoryData<string> Poisons => [.. Graphs.Keys];

    private static readonly Dictionary<string, Func<IReadOnlyList<Quad>>> Graphs = new()
    {
        ["a clique of 10"] = () => Clique(10),
        ["a clique of 100"] = () => Clique(100),
        ["a circle of 400"] = () => Circle(400),
        ["a circle of 20000"] = () => Circle(20_000),
        ["two stars with 9 points"] = () => Stars(2, 9),
        ["two stars with 5000 points"] = () => Stars(2, 5000),
        ["a cube in 6 dimensions"] = () => Cube(6),
        ["everybody knows everybody of the others"] = () => Sides(30),
        ["a list of one value 2000 times"] = () => SameValues(2000),
        ["a circle of 20 with a predicate of 200 kB"] = () => WithPredicateOf(200_000, Circle(20)),
    };

    [Theory]
    [MemberData(nameof(Poisons))]
    public void A_poison_graph_is_refused(string name)
    {
        var refusal = Assert.Throws<JsonLdException>(() => Rdfc10.Canonicalize(Graphs[name]()));

        Assert.Equal(Rdfc10.WorkLimitExceeded, refusal.Code);
    }

    [Fact]
    public void The_limit_is_the_same_on_every_machine() => Assert.Equal(60_000, Rdfc10.DefaultWork);

    [Fact]
    public void A_long_predicate_is_more_work_for_it_is_hashed_again_and_again()
    {
        var plain = Circle(3);
        var longer = WithPredicateOf(512 * 1000, plain);

        Assert.Equal(3, Rdfc10.Canonicalize(plain, work: 1000).Count);
        Assert.Throws<JsonLdException>(() => Rdfc10.Canonicalize(longer, work: 1000));
    }

    [Fact]
    public void The_same_work_is_refused_or_done_every_time()
    {
        var graph = Cube(3);
        var (refused, needed) = (0, Rdfc10.DefaultWork);
        while (needed - refused > 1)
        {
            var work = (refused + needed) / 2;
            (refused, needed) = Record.Exception(() => Rdfc10.Canonicalize(graph, work: work)) is null ? (refused, work) : (work, needed);
        }

        var again = Some.InOtherWords([.. graph], seed: 1);

        Assert.InRange(needed, 100, Rdfc10.DefaultWork - 1);
        Assert.Null(Record.Exception(() => Rdfc10.Canonicalize(again, work: needed)));
        Assert.NotNull(Record.Exception(() => Rdfc10.Canonicalize(again, work: refused)));
    }

    [Fact]
    public void Many_nodes_that_are_easily_told_apart_need_no_work()
    {
        Quad[] graph = [.. Enumerable.Range(0, 5000).Select(i => new Quad(Node(i), P, new Literal($"{i}", Literal.XsdString)))];

        Assert.Equal(5000, Rdfc10.Canonicalize(graph, work: 0).Count);
    }

    [Fact]
    public void What_a_credential_may_well_hold_is_far_from_the_limit()
    {
        // Fifty alignments that all say the same, and a list of thirty equal values.
        Quad[] graph =
        [
            .. Enumerable.Range(0, 50).SelectMany(i => new[]
            {
                new Quad(new Iri("urn:achievement"), P, new BlankNode($"alignment{i}")),
                new Quad(new BlankNode($"alignment{i}"), new Iri("urn:name"), new Literal("same", Literal.XsdString)),
            }),
            .. SameValues(30),
        ];

        Assert.Equal(100 + 60, Rdfc10.Canonicalize(graph, work: Rdfc10.DefaultWork / 10).Count);
    }

    private static BlankNode Node(int number) => new($"n{number}");

    private static Quad[] Clique(int size) =>
        [.. Enumerable.Range(0, size * size).Select(i => new Quad(Node(i / size), P, Node(i % size)))];

    private static Quad[] Circle(int size) => [.. Enumerable.Range(0, size).Select(i => new Quad(Node(i), P, Node((i + 1) % size)))];

    private static Quad[] Stars(int count, int points) =>
        [.. Enumerable.Range(0, count * points).Select(i => new Quad(Node(i / points), P, new BlankNode($"point{i}")))];

    private static Quad[] Cube(int dimensions) =>
    [
        .. from corner in Enumerable.Range(0, 1 << dimensions)
           from edge in Enumerable.Range(0, dimensions)
           select new Quad(Node(corner), P, Node(corner ^ (1 << edge))),
    ];

    private static Quad[] Sides(int size) =>
        [.. Enumerable.Range(0, size * size).Select(i => new Quad(Node(i / size), P, new BlankNode($"other{i % size}")))];

    private static Quad[] WithPredicateOf(int length, Quad[] quads) =>
        [.. quads.Select(q => q with { Predicate = new Iri("urn:" + new string('p', length)) })];

    private static Quad[] SameValues(int length) =>
    [
        .. Enumerable.Range(0, length).SelectMany(i => new[]
        {
            new Quad(Node(i), new Iri("urn:first"), new Literal("same", Literal.XsdString)),
            new Quad(Node(i), new Iri("urn:rest"), i + 1 < length ? Node(i + 1) : new Iri("urn:nil")),
        }),
    ];
}
