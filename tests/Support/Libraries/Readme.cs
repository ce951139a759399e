using System.Text.RegularExpressions;

namespace CitiesOfLearning.Tests.Support.Libraries;

/// <summary>What a library's README promises.</summary>
public static partial class Readme
{
    /// <param name="project">The library's folder in the repository, such as <c>functions/JsonLd</c>.</param>
    public static string Text(string project) =>
        File.ReadAllText(Path.Combine(Repository.Root, project, "README.md")).ReplaceLineEndings("\n");

    /// <summary>The README's blocks of C# that no test compiles: but for indentation, they stand in no file of this folder.</summary>
    /// <param name="project">The library's folder in the repository.</param>
    /// <param name="tests">The folder of its tests, such as <c>tests/JsonLd.Tests</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such block in the README at all.</exception>
    public static IReadOnlyList<string> NotCompiled(string project, string tests)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, tests), "*.cs");
        var compiled = files.Select(f => Unindented(File.ReadAllText(f))).ToList();
        var blocks = Block().Matches(Text(project)).Select(m => Unindented(m.Groups["code"].Value)).ToList();
        return blocks.Count > 0
            ? [.. blocks.Where(b => !compiled.Exists(c => c.Contains(b, StringComparison.Ordinal)))]
            : throw new InvalidOperationException($"The README of {project} shows no C#.");
    }

    /// <summary>Every name in the README's code, in blocks and between words.</summary>
    internal static IReadOnlySet<string> Names(string project) =>
        Code().Matches(Text(project)).SelectMany(code => Name().Matches(code.Value)).Select(m => m.Value).ToHashSet();

    private static string Unindented(string code) =>
        string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim())).Trim();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("```.*?```|`[^`\n]+`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Name();
}
