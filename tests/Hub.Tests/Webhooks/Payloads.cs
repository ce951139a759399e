namespace CitiesOfLearning.Hub.Tests.Webhooks;

/// <summary>The files of tests/Hub.Tests/Payloads: each is a test case by being there.</summary>
internal static class Payloads
{
    private static readonly string Root = System.IO.Path.Combine(AppContext.BaseDirectory, "Payloads");

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(f => System.IO.Path.GetRelativePath(Root, f))
            .Order(StringComparer.Ordinal);

    public static string Path(string file) => System.IO.Path.Combine(Root, file);
}
