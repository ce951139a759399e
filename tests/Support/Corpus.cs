namespace CitiesOfLearning.Tests.Support;

/// <summary>Published test data beside the repository, or where HUB_CORPUS says. Tests that need it say so when it is absent.</summary>
public static class Corpus
{
    /// <summary>For <c>Assert.SkipUnless</c>.</summary>
    public const string Absent = "The corpus of published test data is not at ../shared/corpus; set HUB_CORPUS to its folder.";

    private static readonly string Folder =
        Environment.GetEnvironmentVariable("HUB_CORPUS") ?? Path.Combine(Repository.Root, "..", "shared", "corpus");

    public static bool IsPresent => Directory.Exists(Folder);

    /// <summary>A file or folder by its path in the corpus, with forward slashes.</summary>
    public static string At(string path) => Path.Combine(Folder, Path.Combine(path.Split('/')));
}
