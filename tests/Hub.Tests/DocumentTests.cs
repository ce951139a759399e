using System.Text.Json;
using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Texts;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests;

/// <summary>Keeps the documents from naming what is no longer there.</summary>
public sealed partial class DocumentTests
{
    private const int MaxWidth = 140;

    private static readonly string[] Ours =
    [
        .. Directory.EnumerateFiles(Repository.Root),
        .. ((string[])["docs", "functions", "infra-bicep", "tests", ".ci", ".devcontainer", ".github", ".vscode"]).SelectMany(Files),
    ];

    private static readonly string[] Sources = With(".cs", ".razor", ".props", ".csproj");

    private static readonly string[] Documents = With(".md");

    [Fact]
    public void Every_path_that_a_document_names_is_there()
    {
        // Whole paths only: `functions/Hub/Mail/`, not `sources/{source}.json`.
        var missing = Documents.SelectMany(d => Code().Matches(Text(d)).Select(m => m.Groups["code"].Value)
            .Where(c => RepositoryPath().IsMatch(c) && !Exists(Path.Combine(Repository.Root, c)))
            .Select(c => $"{Name(d)}: {c}"));

        Assert.Empty(missing);
    }

    /// <summary>What others published stays as it is. Text in JSON cannot be broken, and a body in hub.http is signed as it is.</summary>
    [Fact]
    public void No_line_of_code_is_wider_than_140_characters()
    {
        var code = With(
            ".cs", ".razor", ".css", ".proto", ".csproj", ".props", ".targets", ".http", ".bicep", ".bicepparam", ".yml", ".yaml", ".sh",
            ".ps1", ".js", ".mjs", ".cjs");

        var wide = code.Append(Page(".ci", "run"))
            .SelectMany(f => Wide(f, except: line => Path.GetExtension(f) == ".http" && line is ['{', ..]));

        Assert.Empty(wide);
    }

    [Fact]
    public void No_line_of_a_document_is_wider_than_140_characters_but_a_tables()
    {
        Assert.Empty(Documents.SelectMany(d => Wide(d, except: line => line.StartsWith('|'))));
    }

    [Fact]
    public void A_stranger_reads_one_page_and_its_tables_are_narrow()
    {
        var readme = Page("README.md");

        Assert.InRange(File.ReadLines(readme).Count(), 1, 120);
        Assert.Empty(Wide(readme));
    }

    [Fact]
    public void The_architecture_is_one_page()
    {
        Assert.InRange(File.ReadLines(Page("docs", "architecture.md")).Count(), 1, 120);
    }

    [Fact]
    public void Every_document_has_its_line_in_the_index()
    {
        var index = File.ReadAllLines(Page("docs", "README.md"));
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(f => Path.GetFileName(f)!);

        Assert.All(
            pages.Where(page => page != "README.md"),
            page => Assert.Single(index, line => line.StartsWith($"- [{page}]({page}): ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Providers_read_of_every_outcome_by_the_name_that_the_list_of_deliveries_shows()
    {
        var page = Text(Page("docs", "sources.md"));
        var explained = page.Split('\n')
            .SkipWhile(line => !line.StartsWith("| it says |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => (Name: line.Split('|')[1].Trim(), Json: line.Split('|')[2].Trim(' ', '`')))
            .ToList();

        var shown = Enum.GetNames<DeliveryOutcome>().Select(name => UserTexts.In("en")[$"Outcome.{name.ToLowerInvariant()}"]).ToList();

        Assert.Equal(shown.Order(), explained.Select(e => e.Name).Order());
        Assert.Equal(
            Enum.GetNames<DeliveryOutcome>().Select(JsonNamingPolicy.CamelCase.ConvertName).Order(), explained.Select(e => e.Json).Order());
        var rest = shown.Aggregate(page, (text, outcome) => text.Replace(outcome, "", StringComparison.Ordinal));
        Assert.All(Enum.GetNames<DeliveryOutcome>(), name => Assert.DoesNotMatch($@"\b{name}\b", rest));
    }

    [Fact]
    public void Every_link_within_the_repository_leads_somewhere()
    {
        var broken = Documents.SelectMany(d => Link().Matches(Text(d)).Select(m => m.Groups["target"].Value)
            .Where(t => t.Length > 0 && !t.Contains(':', StringComparison.Ordinal) && !Exists(Path.Combine(Path.GetDirectoryName(d)!, t)))
            .Select(t => $"{Name(d)}: {t}"));

        Assert.Empty(broken);
    }

    [Fact]
    public void Every_test_that_a_document_names_is_there()
    {
        var missing = Documents.SelectMany(d => Code().Matches(Text(d)).Select(m => TestName().Match(m.Groups["code"].Value))
            .Where(m => m.Success && !TestExists(m.Groups["class"].Value, m.Groups["method"].Value))
            .Select(m => $"{Name(d)}: {m.Value}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_decision_that_the_code_names_is_written_down()
    {
        var named = Sources.SelectMany(f => Decision().Matches(Text(f)).Select(m => m.Groups["number"].Value)).Distinct();

        var missing = named.Where(n => Directory.GetFiles(Path.Combine(Repository.Root, "docs", "adr"), $"{n}-*.md").Length != 1);
        Assert.Empty(missing);
    }

    [Fact]
    public void The_readme_gives_the_two_commands()
    {
        var readme = Text(Page("README.md"));

        Assert.Contains("\ndotnet run --project functions/App\n", readme);
        Assert.Contains("\ndotnet test CitiesOfLearning.sln\n", readme);
    }

    private static bool TestExists(string name, string method) => Sources.Any(f =>
        Path.GetFileNameWithoutExtension(f) == name && (method.Length == 0 || Text(f).Contains($" {method}(", StringComparison.Ordinal)));

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static string[] With(params string[] extensions) => [.. Ours.Where(f => extensions.Contains(Path.GetExtension(f)))];

    private static IEnumerable<string> Wide(string file, Func<string, bool>? except = null) => File.ReadLines(file).Index()
        .Where(l => l.Item.Length > MaxWidth && except?.Invoke(l.Item) != true)
        .Select(l => $"{Name(file)}:{l.Index + 1}");

    // Without what was built or installed, and what others published.
    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(d => d is "bin" or "obj" or "node_modules" or "Vectors"));

    private static string Page(params string[] path) => Path.Combine([Repository.Root, .. path]);

    private static string Name(string document) => Path.GetRelativePath(Repository.Root, document);

    private static string Text(string file) => File.ReadAllText(file).ReplaceLineEndings("\n");

    [GeneratedRegex("`(?<code>[^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(functions|tests|docs|infra-bicep|localsettings-sample|\.ci|\.github)/[\w./-]*$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("""\]\((?<target>[^)#\s]*)|src="(?<target>[^"]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?<class>[A-Z]\w*Tests)(\.(?<method>[A-Z]\w*))?$")]
    private static partial Regex TestName();

    [GeneratedRegex(@"docs/adr/(?<number>\d{4})")]
    private static partial Regex Decision();
}
