using System.Text;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Interop;

/// <summary>What docs/interop.md has from the run: form × implementation, the reasons of refusals, and the packages.</summary>
internal static class InteropTable
{
    private const string Start = "<!-- From here to the end: made by InteropTests. -->\n";

    private static readonly string Document = Path.Combine(Repository.Root, "docs", "interop.md");

    public static string Of(IReadOnlyList<InteropAnswer> answers)
    {
        var implementations = answers.Select(a => a.Implementation).Distinct().Order(StringComparer.Ordinal).ToList();
        var rows = answers.GroupBy(a => (a.Form, a.Identifier))
            .OrderBy(r => r.Key.Form, StringComparer.Ordinal).ThenByDescending(r => r.Key.Identifier, StringComparer.Ordinal)
            .Select(row => (string[])[
                row.Key.Form, row.Key.Identifier, .. implementations.Select(i => Cell([.. row.Where(a => a.Implementation == i)]))]);
        var notes = InteropLimit.All.Select((limit, i) => (string[])[$"{i + 1}", $"`{limit.Refusal}`", limit.Why]);
        var packages = NodePackages.Versions().Select(p => (string[])[p.Name, p.Version]);
        return string.Join(
            '\n',
            Table([["form", "the city is", .. implementations], .. rows]),
            Table([["note", "it says", "why"], .. notes]),
            Table([["package", "version"], .. packages]));
    }

    /// <exception cref="Xunit.Sdk.XunitException">The document says something else. With HUB_INTEROP it is written instead.</exception>
    public static void AssertDocumented(string tables)
    {
        var text = File.ReadAllText(Document).ReplaceLineEndings("\n");
        var made = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        if (Environment.GetEnvironmentVariable("HUB_INTEROP") is not null)
        {
            File.WriteAllText(Document, $"{text[..made]}\n{tables}");
            return;
        }

        Assert.Equal($"\n{tables}", text[made..]);
    }

    private static string Table(IEnumerable<string[]> rows) => string.Concat(rows.SelectMany((row, i) => i == 0
        ? (string[])[Line(row), Line([.. row.Select(_ => "---")])]
        : [Line(row)]));

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |\n";

    private static string Cell(IReadOnlyList<InteropAnswer> answers) =>
        answers.Count == 0 ? "–"
        : InteropLimit.Of(answers[0]) is { } limit ? $"refused: note {InteropLimit.All.Index().Single(l => l.Item == limit).Index + 1}"
        : $"{Count(answers.Where(a => a.IsOriginal))} yes, {Count(answers.Where(a => !a.IsOriginal))} no";

    private static string Count(IEnumerable<InteropAnswer> answers) => $"{answers.Count(a => a.IsRight)}";
}
