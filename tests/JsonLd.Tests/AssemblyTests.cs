using System.Reflection;
using CitiesOfLearning.Tests.Support.Libraries;

namespace CitiesOfLearning.JsonLd.Tests;

public sealed class AssemblyTests
{
    private const string Project = "functions/JsonLd";

    private static readonly Assembly Library = typeof(JsonLdProcessor).Assembly;

    [Fact]
    public void The_library_may_be_trimmed_for_its_build_found_no_reflection_that_would_break() =>
        Assert.Contains(("IsTrimmable", "True"), Library.GetCustomAttributes<AssemblyMetadataAttribute>().Select(a => (a.Key, a.Value!)));

    [Fact]
    public void The_library_needs_nothing_but_the_framework() =>
        Assert.All(Library.GetReferencedAssemblies(), a => Assert.StartsWith("System.", a.Name, StringComparison.Ordinal));

    [Fact]
    public void What_others_can_use_is_listed() => PublicApi.MustBeAsListed(Library, Project);

    [Fact]
    public void What_others_can_use_is_used_or_shown_in_the_readme() => Assert.Empty(PublicApi.Unused(Library, Project));

    [Fact]
    public async Task Its_package_says_what_it_is_and_brings_documentation_and_symbols()
    {
        var package = await LibraryPackage.PackAsync(Project, TestContext.Current.CancellationToken);

        Assert.Empty(package.Missing);
        Assert.Empty(package.Dependencies);
        Assert.Equal(("CitiesOfLearning.JsonLd", "MIT", "README.md"), (package.Of("id"), package.Of("license"), package.Of("readme")));
        Assert.Equal(
            ["README.md", "lib/net10.0/CitiesOfLearning.JsonLd.dll", "lib/net10.0/CitiesOfLearning.JsonLd.xml"], package.Files);
        Assert.Equal(["lib/net10.0/CitiesOfLearning.JsonLd.pdb"], package.SymbolFiles);
    }
}
