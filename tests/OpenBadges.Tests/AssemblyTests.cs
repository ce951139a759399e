using System.Reflection;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support.Libraries;

namespace CitiesOfLearning.OpenBadges.Tests;

public sealed class AssemblyTests
{
    private const string Project = "functions/OpenBadges";

    private static readonly Assembly Library = typeof(ProofVerifier).Assembly;

    [Fact]
    public void What_others_can_use_is_listed() => PublicApi.MustBeAsListed(Library, Project);

    [Fact]
    public void What_others_can_use_is_used_or_shown_in_the_readme() => Assert.Empty(PublicApi.Unused(Library, Project));

    [Fact]
    public async Task Its_package_says_what_it_is_and_brings_documentation_notices_and_symbols()
    {
        var package = await LibraryPackage.PackAsync(Project, TestContext.Current.CancellationToken);

        Assert.Empty(package.Missing);
        Assert.Equal(
            ["BouncyCastle.Cryptography", "CitiesOfLearning.JsonLd", "System.Formats.Cbor", "System.IO.Hashing"],
            package.Dependencies.Order(StringComparer.Ordinal));
        Assert.Equal(("CitiesOfLearning.OpenBadges", "MIT", "README.md"), (package.Of("id"), package.Of("license"), package.Of("readme")));
        Assert.Equal(
            ["NOTICE.md", "README.md", "lib/net10.0/CitiesOfLearning.OpenBadges.dll", "lib/net10.0/CitiesOfLearning.OpenBadges.xml"],
            package.Files);
        Assert.Equal(["lib/net10.0/CitiesOfLearning.OpenBadges.pdb"], package.SymbolFiles);
    }

    [Fact]
    public void No_arrow_runs_back_between_its_folders()
    {
        var floors = Floors.Of(Project);

        Assert.Equal(floors.Listed.Order(), floors.Folders.Order());
        Assert.Empty(floors.Back);
        Assert.True(floors.Uses > 80, "Uses are no longer found.");
    }
}
