using System.Security.Cryptography;
using System.Text;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Rdf;

namespace CitiesOfLearning.JsonLd.Tests.Canonicalization;

public sealed class Rdfc10Tests
{
    [Fact]
    public void Nothing_stays_nothing()
    {
        var canonical = Rdfc10.Canonicalize([]);

        Assert.Equal(0, canonical.Count);
        Assert.True(canonical.NQuads.IsEmpty);
        Assert.Empty(canonical.IssuedIdentifiers);
    }

    [Fact]
    public void Quads_without_blank_nodes_are_sorted_and_said_once()
    {
        var canonical = Rdfc10.Canonicalize(Some.Graph(""":b :p "1"; :a :p :b :g; :a :p :b; :b :p "1" """));

        Assert.Equal("<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:b> <urn:p> \"1\" .\n", canonical.Text());
        Assert.Equal(3, canonical.Count);
        Assert.Equal("<urn:a> <urn:p> <urn:b> <urn:g> .\n", Encoding.UTF8.GetString(canonical.Line(1).Span));
    }

    [Fact]
    public void Lines_are_in_the_order_of_code_points_and_not_of_UTF_16()
    {
        // U+FF5E comes before U+1F600, whose first UTF-16 code unit, D83D, is the smaller one.
        var canonical = Rdfc10.Canonicalize(Some.Graph(""":a :p "😀"; :a :p "～"; :a :p "Z"; :a :p "a" """));

        Assert.Equal(["Z", "a", "～", "😀"], canonical.Text().Split('"').Where((_, i) => i % 2 == 1));
    }

    [Theory]
    [InlineData(RdfHash.Sha256)]
    [InlineData(RdfHash.Sha384)]
    public void Nodes_that_differ_are_numbered_in_the_order_of_their_first_degree_hashes(RdfHash hash)
    {
        const string Values = "abcdefgh";

        var canonical = Rdfc10.Canonicalize(Some.Graph(string.Join(';', Values.Select(v => $"_:{v} :p \"{v}\""))), hash);

        var byHash = Values.OrderBy(v => Hex(hash, $"_:a <urn:p> \"{v}\" .\n"), StringComparer.Ordinal);
        Assert.Equal(byHash.Select((v, i) => KeyValuePair.Create($"{v}", $"c14n{i}")), canonical.IssuedIdentifiers.OrderBy(p => p.Value));
    }

    [Fact]
    public void The_two_hashes_number_nodes_differently()
    {
        var graph = Some.Graph(string.Join(';', "abcdefgh".Select(v => $"_:{v} :p \"{v}\"")));

        Assert.NotEqual(Rdfc10.Canonicalize(graph).Text(), Rdfc10.Canonicalize(graph, RdfHash.Sha384).Text());
    }

    /// <summary>
    /// The examples Unique Hashes and Shared Hashes of https://www.w3.org/TR/rdf-canon/#canon-algo-overview, with its namespace.
    /// </summary>
    [Theory]
    [InlineData("p q _:e0; p r _:e1; _:e0 s u; _:e1 t u", "e0 c14n0, e1 c14n1")]
    [InlineData("p q _:e0; p q _:e1; _:e0 p _:e2; _:e1 p _:e3; _:e2 r _:e3", "e0 c14n3, e1 c14n2, e2 c14n0, e3 c14n1")]
    public void The_examples_of_the_specification_come_out_as_it_says(string quads, string issued)
    {
        var nquads = string.Concat(quads.Split("; ").Select(q =>
            string.Join(' ', q.Split(' ').Select(t => t.StartsWith('_') ? t : $"<http://example.com/#{t}>")) + " .\n"));

        var canonical = Rdfc10.Canonicalize(NQuadsParser.Parse(nquads));

        Assert.Equal(issued, string.Join(", ", canonical.IssuedIdentifiers.OrderBy(p => p.Key).Select(p => $"{p.Key} {p.Value}")));
    }

    [Fact]
    public void A_node_is_hashed_with_the_letter_a_for_itself_and_z_for_every_other()
    {
        // Worked by hand: x is twice in a quad, y is an object, z names a graph.
        var first = Hex(RdfHash.Sha256, "_:a <urn:p> _:a .\n_:a <urn:q> _:z _:z .\n");
        var second = Hex(RdfHash.Sha256, "_:z <urn:q> _:a _:z .\n");
        var third = Hex(RdfHash.Sha256, "_:z <urn:q> _:z _:a .\n");

        var canonical = Rdfc10.Canonicalize(Some.Graph("_:x :q _:y _:z; _:x :p _:x"));

        var hashes = new Dictionary<string, string> { ["x"] = first, ["y"] = second, ["z"] = third };
        var byHash = hashes.OrderBy(p => p.Value, StringComparer.Ordinal).Select(p => p.Key);
        Assert.Equal(byHash, canonical.IssuedIdentifiers.OrderBy(p => p.Value).Select(p => p.Key));
    }

    [Fact]
    public void Nodes_that_look_the_same_are_told_apart_by_what_is_around_them()
    {
        // a and b share a first degree hash. Worked by hand: Hn of each has one entry, for the named neighbour.
        var graph = Some.Graph("_:a :p _:c; _:b :p _:d; _:c :q \"1\"; _:d :q \"2\"");
        var c = Hex(RdfHash.Sha256, "_:a <urn:q> \"1\" .\n_:z <urn:p> _:a .\n");
        var d = Hex(RdfHash.Sha256, "_:a <urn:q> \"2\" .\n_:z <urn:p> _:a .\n");
        var (labelOfC, labelOfD) = string.CompareOrdinal(c, d) < 0 ? ("c14n0", "c14n1") : ("c14n1", "c14n0");
        var a = Hex(RdfHash.Sha256, Hex(RdfHash.Sha256, $"o<urn:p>_:{labelOfC}") + $"_:{labelOfC}");
        var b = Hex(RdfHash.Sha256, Hex(RdfHash.Sha256, $"o<urn:p>_:{labelOfD}") + $"_:{labelOfD}");
        var (labelOfA, labelOfB) = string.CompareOrdinal(a, b) < 0 ? ("c14n2", "c14n3") : ("c14n3", "c14n2");

        var issued = Rdfc10.Canonicalize(graph).IssuedIdentifiers;

        Assert.Equal((labelOfA, labelOfB, labelOfC, labelOfD), (issued["a"], issued["b"], issued["c"], issued["d"]));
    }

    [Fact]
    public void Two_circles_that_are_the_same_are_numbered_one_after_the_other()
    {
        var canonical = Rdfc10.Canonicalize(Some.Graph("_:a :p _:b; _:b :p _:a; _:c :p _:d; _:d :p _:c"));

        Assert.Equal(
            "_:c14n0 <urn:p> _:c14n1 .\n_:c14n1 <urn:p> _:c14n0 .\n_:c14n2 <urn:p> _:c14n3 .\n_:c14n3 <urn:p> _:c14n2 .\n",
            canonical.Text());
    }

    [Fact]
    public void A_quad_that_is_said_twice_counts_once_for_every_node_in_it()
    {
        const string Graph = "_:a :p _:b; _:b :p _:c; _:a :q _:b _:g; _:c :p _:c";

        var once = Rdfc10.Canonicalize(Some.Graph(Graph));
        var often = Rdfc10.Canonicalize(Some.Graph($"{Graph}; _:b :p _:c; {Graph}; _:a :p _:b"));

        Assert.Equal(once.Text(), often.Text());
        Assert.Equal(once.IssuedIdentifiers.OrderBy(p => p.Key), often.IssuedIdentifiers.OrderBy(p => p.Key));
    }

    [Fact]
    public void The_same_statement_in_two_graphs_is_two_statements()
    {
        var canonical = Rdfc10.Canonicalize(Some.Graph("_:a :p _:b :g; _:a :p _:b :h; _:c :p _:b :g; _:c :p _:b"));

        Assert.Equal(4, canonical.Count);
    }

    [Fact]
    public void Other_labels_can_be_given_and_the_lines_follow_their_order()
    {
        var graph = Some.Graph("_:x :p \"1\"; _:y :p \"2\"; _:x :q _:y");
        var canonical = Rdfc10.Canonicalize(graph).IssuedIdentifiers;

        var relabelled = Rdfc10.Canonicalize(graph, relabel: label => label == canonical["x"] ? "u_z" : "u-a");

        Assert.Equal("_:u-a <urn:p> \"2\" .\n_:u_z <urn:p> \"1\" .\n_:u_z <urn:q> _:u-a .\n", relabelled.Text());
        Assert.Equal(("u_z", "u-a"), (relabelled.IssuedIdentifiers["x"], relabelled.IssuedIdentifiers["y"]));
    }

    [Fact]
    public void One_label_for_two_nodes_would_make_them_one_and_is_refused()
    {
        var refusal = Assert.Throws<JsonLdException>(
            () => Rdfc10.Canonicalize(Some.Graph("_:x :p \"1\"; _:y :q \"1\""), relabel: _ => "b"));

        Assert.Equal(CanonicalDataset.AmbiguousLabels, refusal.Code);
    }

    [Fact]
    public void More_nodes_than_there_are_ready_labels_are_numbered_all_the_same()
    {
        var canonical = Rdfc10.Canonicalize(Some.Graph(string.Join(';', Enumerable.Range(0, 200).Select(i => $"_:n{i} :p \"{i}\""))));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"c14n{i}").Order(), canonical.IssuedIdentifiers.Values.Order());
    }

    private static string Hex(RdfHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(hash == RdfHash.Sha256 ? SHA256.HashData(bytes) : SHA384.HashData(bytes));
    }
}
