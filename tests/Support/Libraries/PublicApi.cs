using System.Reflection;
using System.Text.RegularExpressions;

namespace CitiesOfLearning.Tests.Support.Libraries;

/// <summary>What a library offers to others: they notice when it changes, and so must we.</summary>
public static partial class PublicApi
{
    /// <summary>PublicAPI.txt in the library's folder lists every public type and member, sorted, one in a line.</summary>
    /// <param name="library">What the tests run.</param>
    /// <param name="project">The library's folder in the repository, such as <c>functions/JsonLd</c>.</param>
    /// <exception cref="InvalidOperationException">It does not; the message says what differs, and how to bring it up to date.</exception>
    public static void MustBeAsListed(Assembly library, string project)
    {
        var list = Path.Combine(Repository.Root, project, "PublicAPI.txt");
        var received = list + ".received";
        File.Delete(received);
        string[] listed = File.Exists(list) ? File.ReadAllLines(list) : [];
        string[] actual = [.. ApiMember.Of(library).Select(m => m.Line)];
        if (actual.SequenceEqual(listed))
        {
            return;
        }

        File.WriteAllText(received, string.Concat(actual.Select(line => line + "\n")));
        throw new InvalidOperationException(string.Join('\n',
        [
            $"{project} does not offer what its PublicAPI.txt lists:",
            .. listed.Except(actual).Select(line => "- " + line),
            .. actual.Except(listed).Select(line => "+ " + line),
            "If others may know of it:",
            $"mv {project}/PublicAPI.txt.received {project}/PublicAPI.txt",
        ]));
    }

    /// <summary>
    /// The public types and members of which neither another project under functions nor the code in the library's README speaks, by their
    /// names alone. They should be internal, or shown.
    /// </summary>
    public static IReadOnlyList<string> Unused(Assembly library, string project)
    {
        var name = library.GetName().Name!;
        var names = Sources(project).Select(File.ReadAllText).Where(text => text.Contains(name, StringComparison.Ordinal))
            .SelectMany(text => Name().Matches(text)).Select(m => m.Value).ToHashSet();
        names.UnionWith(Readme.Names(project));
        return [.. ApiMember.Of(library).Where(m => !names.Contains(m.Name)).Select(m => m.Line)];
    }

    private static IEnumerable<string> Sources(string project)
    {
        var own = Path.Combine(Repository.Root, project) + Path.DirectorySeparatorChar;
        return Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.StartsWith(own, StringComparison.Ordinal) && !f.Split(Path.DirectorySeparatorChar).Contains("obj"));
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Name();
}
