using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Jcs;
using CitiesOfLearning.JsonLd.Rdf;
using CitiesOfLearning.Tests.Support.Libraries;

#pragma warning disable IDE0011 // As in the README, where short is what counts.

namespace CitiesOfLearning.JsonLd.Tests;

public sealed partial class ReadmeTests
{
    private const string Project = "functions/JsonLd";

    [Fact]
    public void The_readme_shows_code_that_was_compiled() => Assert.Empty(Readme.NotCompiled(Project, "tests/JsonLd.Tests"));

    [Fact]
    public void The_ten_lines_do_what_the_readme_says()
    {
        var schema = """{"@context":{"@vocab":"https://schema.example/"}}"""u8.ToArray();
        var contexts = new ContextStore(url => url == "https://schema.example/v1" ? schema : null);
        var processor = new JsonLdProcessor(contexts);
        var document = JsonElement.Parse("""{"name":"Knot tying","@context":"https://schema.example/v1"}""");

        using var expanded = new MemoryStream();
        using (var writer = new Utf8JsonWriter(expanded)) processor.Expand(document, writer);

        IReadOnlyList<Quad> statements = processor.ToRdf(document);
        CanonicalDataset canonical = Rdfc10.Canonicalize(statements, RdfHash.Sha256);
        byte[] json = JsonCanonicalizer.Canonicalize(document);

        IsInTheTable("expanded", expanded.ToArray());
        IsInTheTable("canonical.NQuads", canonical.NQuads.Span[..^1]);
        IsInTheTable("json", json);
        Assert.Equal((byte)'\n', canonical.NQuads.Span[^1]);
    }

    [Fact]
    public void Statements_are_written_and_read_as_the_readme_says()
    {
        using var Console = new StringWriter();

        var name = new Quad(new BlankNode("n"), new Iri("https://schema.example/name"), new Literal("Clymau", Literal.LangString, "cy"));
        string line = NQuadsWriter.Write(name);
        foreach (Quad quad in NQuadsParser.Parse(line))
        {
            if (quad.Object is Literal { Language: "cy", Datatype: Literal.LangString } text) Console.WriteLine(text.Value);
        }

        Assert.Equal("_:n <https://schema.example/name> \"Clymau\"@cy .\n", line);
        Assert.Equal("Clymau", Console.ToString().Trim());
    }

    [Fact]
    public void What_many_documents_may_cost_is_bounded_as_the_readme_says()
    {
        using var Console = new StringWriter();
        var cancel = TestContext.Current.CancellationToken;
        var contexts = new ContextStore(_ => null);
        var document = JsonElement.Parse("""{"@id":"urn:s","urn:p":["a","b"]}""");

        var budget = new WorkBudget(cancel); // a second in all; new WorkBudget(100, cancel) for a tenth
        var checkedBy = new JsonLdProcessor(contexts, budget: budget);
        try
        {
            CanonicalDataset all = budget.Run(() => Rdfc10.Canonicalize(checkedBy.ToRdf(document), budget: budget));
            Console.WriteLine(budget.Spent(Work.Nodes));
        }
        catch (WorkBudgetException e)
        {
            Console.WriteLine(e.Work); // what there is too much of
        }

        Assert.Equal("3", Console.ToString().Trim());
    }

    [Fact]
    public void A_refusal_says_where_as_the_readme_does()
    {
        using var Console = new StringWriter();
        var schema = """{"@context":{"@vocab":"https://schema.example/"}}"""u8.ToArray();
        var processor = new JsonLdProcessor(new ContextStore(_ => schema));

        try
        {
            processor.ToRdf(JsonElement.Parse("""{"@context":"https://schema.example/v1","author":{"id":"urn:x","@type":"a b"}}"""));
        }
        catch (JsonLdException refusal) when (refusal.Code == JsonLdErrors.WouldBeDropped)
        {
            Console.WriteLine(refusal.Path);
        }

        Assert.Equal("/author", Console.ToString().Trim());
        Assert.Contains("here `/author`.", Readme.Text(Project), StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_are_those_of_the_readme()
    {
        var table = Limit().Matches(Readme.Text(Project)).ToDictionary(m => m.Groups["name"].Value, m => Number(m.Groups["value"].Value));

        var limits = new JsonLdLimits();

        Assert.Equal(typeof(JsonLdLimits).GetProperties().ToDictionary(p => p.Name, p => (int)p.GetValue(limits)!), table);
    }

    private static void IsInTheTable(string variable, ReadOnlySpan<byte> utf8) =>
        Assert.Contains($"\n| `{variable}` | `{Encoding.UTF8.GetString(utf8)}` ", Readme.Text(Project), StringComparison.Ordinal);

    private static int Number(string spaced) => int.Parse(spaced.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<value>[0-9 ]+) \|", RegexOptions.Multiline)]
    private static partial Regex Limit();
}
