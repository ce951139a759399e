using System.Text.RegularExpressions;

namespace CitiesOfLearning.Tests.Support.Libraries;

/// <summary>
/// The folders of a project, which its README lists in the order of a house's floors (<c>- **Awards**: …</c>): a folder may use those
/// above it in the list, and none below.
/// </summary>
/// <param name="Listed">As the README has them.</param>
/// <param name="Folders">Those that are there and have C# in them.</param>
/// <param name="Uses">How often a folder of the project is named; few, if they are no longer found.</param>
/// <param name="Back">What uses a folder below its own.</param>
public sealed partial record Floors(IReadOnlyList<string> Listed, IReadOnlyList<string> Folders, int Uses, IReadOnlyList<string> Back)
{
    /// <param name="project">The project's folder in the repository, such as <c>functions/Hub</c>, named as its namespace ends.</param>
    public static Floors Of(string project)
    {
        var root = Path.Combine(Repository.Root, project);
        var listed = FolderLine().Matches(Readme.Text(project)).Select(m => m.Groups[1].Value).ToList();

        // In a using line, or written out.
        var use = new Regex($@"\b{Path.GetFileName(project)}\.([A-Z][A-Za-z]+)(?=[.;])");
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(f => (Path: Path.GetRelativePath(root, f).Replace('\\', '/'), Text: File.ReadAllText(f)))
            .Where(f => f.Path.Contains('/', StringComparison.Ordinal) && FolderOf(f.Path) is not ("bin" or "obj"))
            .Select(f => (f.Path, Used: use.Matches(f.Text).Select(m => m.Groups[1].Value).ToList()))
            .ToList();
        return new Floors(
            listed,
            [.. files.Select(f => FolderOf(f.Path)).Distinct().Order(StringComparer.Ordinal)],
            files.Sum(f => f.Used.Count),
            [.. files.SelectMany(f => f.Used
                .Where(u => listed.IndexOf(u) > listed.IndexOf(FolderOf(f.Path)))
                .Select(u => $"{f.Path} uses {u}"))]);
    }

    private static string FolderOf(string path) => path[..path.IndexOf('/', StringComparison.Ordinal)];

    [GeneratedRegex(@"^- \*\*([A-Za-z]+)\*\*:", RegexOptions.Multiline)]
    private static partial Regex FolderLine();
}
