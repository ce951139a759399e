using System.IO.Compression;
using System.Xml.Linq;

namespace CitiesOfLearning.Tests.Support.Libraries;

/// <summary>What <c>dotnet pack</c> makes of a library that has been built: a package and one of symbols.</summary>
/// <param name="Metadata">The nuspec.</param>
/// <param name="Files">What whoever installs the package gets, with <c>/</c> between folders.</param>
/// <param name="SymbolFiles">The same for debuggers.</param>
public sealed record LibraryPackage(XElement Metadata, IReadOnlyList<string> Files, IReadOnlyList<string> SymbolFiles)
{
    /// <summary>Metadata that a stranger looks for and that this package lacks.</summary>
    public IEnumerable<string> Missing =>
        new[] { "id", "version", "authors", "description", "license", "readme", "tags" }.Where(name => Of(name) is null);

    /// <summary>Packages that come along.</summary>
    public IEnumerable<string> Dependencies => Elements("dependency").Select(d => d.Attribute("id")!.Value);

    /// <param name="project">The library's folder in the repository, such as <c>functions/JsonLd</c>.</param>
    /// <param name="cancellationToken">Ends the pack.</param>
    /// <exception cref="InvalidOperationException">It could not be packed.</exception>
    public static async Task<LibraryPackage> PackAsync(string project, CancellationToken cancellationToken)
    {
        // The tests' own folder is bin/{configuration}/{framework}.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var folder = Directory.CreateTempSubdirectory("hub-package-");
        try
        {
            string[] pack = ["pack", project, "--no-build", "--configuration", configuration, "--output", folder.FullName, "--nologo"];
            var (exit, output) = await DotNet.RunAsync(pack, cancellationToken);
            if (exit != 0)
            {
                throw new InvalidOperationException(output);
            }

            using var package = await ZipFile.OpenReadAsync(folder.GetFiles("*.nupkg").Single().FullName, cancellationToken);
            using var symbols = await ZipFile.OpenReadAsync(folder.GetFiles("*.snupkg").Single().FullName, cancellationToken);
            await using var nuspec = await package.Entries.Single(e => IsNuspec(e.FullName)).OpenAsync(cancellationToken);
            var root = await XElement.LoadAsync(nuspec, LoadOptions.None, cancellationToken);
            return new LibraryPackage(root, Content(package), Content(symbols));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What the element of this name says, or null if it is not there or empty.</summary>
    public string? Of(string name) => Elements(name).Select(e => e.Value.Trim()).FirstOrDefault(v => v.Length > 0);

    private IEnumerable<XElement> Elements(string name) => Metadata.Descendants().Where(e => e.Name.LocalName == name);

    // The rest is the packaging's own.
    private static IReadOnlyList<string> Content(ZipArchive archive) =>
    [
        .. archive.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal)
            .Where(f => !IsNuspec(f) && f != "[Content_Types].xml" && !f.StartsWith("_rels/", StringComparison.Ordinal)
                && !f.StartsWith("package/", StringComparison.Ordinal)),
    ];

    private static bool IsNuspec(string file) => file.EndsWith(".nuspec", StringComparison.Ordinal);
}
