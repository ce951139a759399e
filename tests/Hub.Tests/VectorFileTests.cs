using System.Security.Cryptography;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests;

/// <summary>tests/Vectors holds what was published, byte for byte, and all that the tests need.</summary>
public sealed class VectorFileTests
{
    private const string Fetched = "fetched/";

    // "{digest}  {path}", as sha256sum writes it.
    private static readonly (string Sha256, string Path)[] Listed = [.. File
        .ReadLines(Corpus.At("SHA256SUMS"))
        .Select(line => (line[..64], line[66..]))];

    [Fact]
    public void Every_file_has_the_digest_that_is_listed()
    {
        var different = Listed.Where(l => FileOf(l.Path) is { } file && DigestOf(file) != l.Sha256).Select(l => l.Path);

        Assert.Empty(different);

        static string? FileOf(string path) =>
            path.StartsWith(Fetched, StringComparison.Ordinal) ? Corpus.Fetched(path[Fetched.Length..]) : Corpus.At(path);

        static string DigestOf(string file) =>
            File.Exists(file) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) : "absent";
    }

    [Fact]
    public void Every_file_is_listed()
    {
        var files = Directory.EnumerateFiles(Corpus.At("."), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Corpus.At("."), f).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(f => !f.StartsWith(Fetched, StringComparison.Ordinal));

        Assert.Empty(files.Except(Listed.Select(l => l.Path)).Except(["README.md", "SHA256SUMS", "fetch.sh"]));
    }
}
