using System.Text;
using System.Xml.Linq;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>Every sentence that a report can have is said for the input that docs/verification.md names, in each language.</summary>
public sealed class SentenceTests(IssuedHub issued) : IClassFixture<IssuedHub>
{
    private static readonly string Doc = Path.Combine(Repository.Root, "docs", "verification.md");

    /// <summary>Written anew, and not compared, where the environment has HUB_WRITE_DOCS.</summary>
    [Fact]
    public async Task Every_sentence_is_said_for_its_input_and_is_in_the_document()
    {
        var (table, wrong) = (new StringBuilder(), new List<string>());
        foreach (var sentence in Sentences.All)
        {
            // Anew each time: what one served, no other finds.
            await using var sentences = new Sentences(issued.Hub, issued.Badge);
            var check = (await sentence.Verify(sentences)).Checks.Single(c => c.Id == sentence.Check);
            if ((check.Outcome, check.TextKey) != (sentence.Outcome, sentence.TextKey))
            {
                wrong.Add($"{sentence.TextKey}: {sentence.Input} gave {check.Outcome} {check.TextKey}");
                continue;
            }

            var said = new[] { UserTexts.English, UserTexts.Welsh }.Select(t => t.Format(check.TextKey, check.Arguments)).ToArray();
            Assert.DoesNotContain(said, s => s.Contains('{', StringComparison.Ordinal));
            table.AppendLine($"| {Name(sentence)} | {Outcome(check.Outcome)} | {sentence.Input} | {said[0]} | {said[1]} |");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        var text = (await File.ReadAllTextAsync(Doc, TestContext.Current.CancellationToken)).Split("| --- | --- | --- | --- | --- |\n");
        if (Environment.GetEnvironmentVariable("HUB_WRITE_DOCS") is not null)
        {
            await File.WriteAllTextAsync(
                Doc, $"{text[0]}| --- | --- | --- | --- | --- |\n{table}", TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(table.ToString(), text[1]);
    }

    [Fact]
    public void No_sentence_is_left_out_of_the_table()
    {
        var keys = XDocument.Load(Path.Combine(Repository.Root, "functions", "Hub", "Texts", "UserTexts.resx")).Root!.Elements("data")
            .Select(d => d.Attribute("name")!.Value)
            .Where(k => k.StartsWith("Check.", StringComparison.Ordinal) && !k.EndsWith(".name", StringComparison.Ordinal));

        Assert.Equal(keys.Order(StringComparer.Ordinal), Sentences.All.Select(s => s.TextKey).Order(StringComparer.Ordinal));
    }

    private static string Name(Sentence sentence) => sentence.Words.Length == 0 ? "any" : sentence.Check;

    private static string Outcome(CheckOutcome outcome) =>
        UserTexts.English[$"Outcome.{outcome.ToString().ToLowerInvariant()}"].ToLowerInvariant();
}
