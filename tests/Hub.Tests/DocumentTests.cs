using System.Text.RegularExpressions;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests;

/// <summary>Keeps the documents from naming what is no longer there.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Sources =
        [.. new[]
        {
            "functions",
            "tests"
        }.SelectMany(Files).Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".props" or ".csproj")];

    private static readonly string[] Documents =
        [.. Directory
            .EnumerateFiles(Repository.Root, "*.md")
            .Concat(Files("docs"))
            .Where(f => f.EndsWith(".md", StringComparison.Ordinal))];

    [Fact]
    public void Every_path_that_a_document_names_is_there()
    {
        // Whole paths only: `functions/Hub/Mail/`, not `sources/{source}.json`.
        var missing = Documents.SelectMany(d => Code().Matches(Text(d)).Select(m => m.Groups["code"].Value)
            .Where(c => RepositoryPath().IsMatch(c) && !Exists(Path.Combine(Repository.Root, c)))
            .Select(c => $"{Name(d)}: {c}"));

        Assert.Empty(missing);
    }

    /// <summary>Code and pages; what others published, and data that is signed, stay as they are.</summary>
    [Fact]
    public void No_line_of_code_is_wider_than_140_characters()
    {
        var wide = new[]
        {
            "functions",
            "tests"
        }.SelectMany(Files).Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".css" or ".proto")
            .SelectMany(f => File.ReadLines(f).Index().Where(l => l.Item.Length > 140).Select(l => $"{Name(f)}:{l.Index + 1}"));

        Assert.Empty(wide);
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
        var readme = Text(Path.Combine(Repository.Root, "README.md"));

        Assert.Contains("\ndotnet run --project functions/App\n", readme);
        Assert.Contains("\ndotnet test CitiesOfLearning.sln\n", readme);
    }

    private static bool TestExists(string name, string method) => Sources.Any(f =>
        Path.GetFileNameWithoutExtension(f) == name && (method.Length == 0 || Text(f).Contains($" {method}(", StringComparison.Ordinal)));

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(d => d is "bin" or "obj"));

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
