using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.JsonLd.Canonicalization;
using CitiesOfLearning.OpenBadges.Contexts;
using CitiesOfLearning.Tests.Support;
using CsCheck;

namespace CitiesOfLearning.JsonLd.Tests.Differential;

/// <summary>
/// The hub and an independent processor, jsonld.js with rdf-canonize, make the same canonical form of generated credentials.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int Count = 500;
    private const uint Stream = 11;

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "JsonLd.Tests", "Differential");

    [Fact]
    public async Task Generated_credentials_have_the_same_canonical_form_as_with_jsonld_js()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            "jsonld.js is not installed; .ci/run does it, with: npm ci --prefix tests/JsonLd.Tests/Differential");
        var documents = Enumerable.Range(0, Count).Select(Document).ToArray();

        var theirs = await Canonicalize(documents);

        var differences = documents.Select((text, i) => Difference(i, text, theirs[i])).Where(d => d is not null).ToArray();
        var (same, size) = (Count - differences.Length, documents.Sum(d => d.Length) / 1000);
        output.WriteLine($"differential: {same} of {Count} credentials, {size} kB, with the same canonical form");
        Assert.True(differences.Length == 0, string.Join("\n\n", differences.Take(3)));
    }

    private static string Document(int number) => GeneratedCredentials.Any.Generate(new PCG(Stream, (ulong)number), null, out _);

    private static string? Difference(int number, string text, string theirs)
    {
        var ours = Canonicalize(text);
        var (mine, other) = (ours.Split('\n'), theirs.Split('\n'));
        return ours == theirs
            ? null
            : string.Join('\n', [$"Credential {number}:", text, "ours:", .. mine.Except(other), "theirs:", .. other.Except(mine)]);
    }

    private static string Canonicalize(string text)
    {
        using var document = JsonDocument.Parse(text);
        try
        {
            var quads = new JsonLdProcessor(PublishedContexts.Newest).ToRdf(
                document.RootElement, new JsonLdOptions(RdfDirection: RdfDirection.I18nDatatype));
            return Encoding.UTF8.GetString(Rdfc10.Canonicalize(quads).NQuads.Span);
        }
        catch (JsonLdException e)
        {
            return e.Message;
        }
    }

    private static async Task<string[]> Canonicalize(string[] documents)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (questions, answers) = (Path.Combine(folder.FullName, "documents.json"), Path.Combine(folder.FullName, "answers.json"));
            await File.WriteAllTextAsync(questions, JsonSerializer.Serialize(documents), TestContext.Current.CancellationToken);
            string[] arguments = [Path.Combine(Folder, "canonicalize.mjs"), questions, answers];
            using var node = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardError = true })!;
            var said = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(node.ExitCode == 0, said);

            using var results = JsonDocument.Parse(await File.ReadAllBytesAsync(answers, TestContext.Current.CancellationToken));
            return [.. results.RootElement.EnumerateArray().Select(r => r.EnumerateObject().Single().Value.GetString()!)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
