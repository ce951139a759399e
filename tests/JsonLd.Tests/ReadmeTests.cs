using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.JsonLd.Rdf;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.JsonLd.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void The_example_does_what_the_readme_says()
    {
        // As in functions/JsonLd/README.md:
        var contexts = new ContextStore(url => url == "https://schema.example/v1" ? """{"@context":{"@vocab":"https://schema.example/"}}"""u8.ToArray() : null);
        var processor = new JsonLdProcessor(contexts);
        using var document = JsonDocument.Parse("""{"@context":"https://schema.example/v1","name":"Knot tying"}""");

        IReadOnlyList<Quad> statements = processor.ToRdf(document.RootElement);
        CanonicalDataset canonical = Rdfc10.Canonicalize(statements);

        string nquads = Encoding.UTF8.GetString(canonical.NQuads.Span);

        // To here.
        Assert.Equal("_:c14n0 <https://schema.example/name> \"Knot tying\" .\n", nquads);
        Assert.Contains(nquads.TrimEnd(), Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_shows_the_code_that_was_compiled() =>
        Assert.Equal(
            Lines(Between(File.ReadAllText(ThisFile()), "README.md:\n", "        // To here.")), Lines(Between(Readme, "```csharp\n", "```")));

    private static string Readme => File.ReadAllText(Path.Combine(Repository.Root, "functions", "JsonLd", "README.md")).ReplaceLineEndings("\n");

    private static string Between(string text, string from, string to) =>
        text.ReplaceLineEndings("\n").Split(from, 2)[1].Split(to, 2)[0];

    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(l => l.Trim())).Trim();

    private static string ThisFile([CallerFilePath] string path = "") => Path.Combine(Repository.Root, "tests", "JsonLd.Tests", Path.GetFileName(path));
}
