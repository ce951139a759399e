namespace CitiesOfLearning.Tests.Support;

/// <summary>
/// Published test data, by its path in the folder of its source, with forward slashes. tests/Vectors/README.md says whose it is.
/// </summary>
public static class Corpus
{
    /// <summary>For <c>Assert.SkipUnless</c>.</summary>
    public const string NotFetched =
        "Its licence does not let us hand this test data on: fetch it with bash tests/Vectors/fetch.sh, or set HUB_CORPUS.";

    private static readonly string Vectors = Path.Combine(Repository.Root, "tests", "Vectors");

    private static readonly string[] Elsewhere =
        [Path.Combine(Vectors, "fetched"), Environment.GetEnvironmentVariable("HUB_CORPUS")
            ?? Path.Combine(Repository.Root, "..", "shared", "corpus")];

    /// <summary>A file or folder of tests/Vectors. Looked for nowhere else, so that every clone tests the same.</summary>
    public static string At(string path) => In(Vectors, path);

    /// <summary>
    /// A file that a clone does not have: fetched, or beside the repository, or where HUB_CORPUS says. Null where it is in none of them.
    /// </summary>
    public static string? Fetched(string path) => Elsewhere.Select(folder => In(folder, path)).FirstOrDefault(File.Exists);

    private static string In(string folder, string path) => Path.Combine(folder, Path.Combine(path.Split('/')));
}
