using System.Reflection;
using CitiesOfLearning.Tests.Support.Libraries;

namespace CitiesOfLearning.FunctionsHost.Tests;

public sealed class AssemblyTests
{
    private const string Project = "functions/FunctionsHost";

    private static readonly Assembly Library = typeof(FunctionsAppHost).Assembly;

    [Fact]
    public void What_others_can_use_is_listed() => PublicApi.MustBeAsListed(Library, Project);

    [Fact]
    public void What_others_can_use_is_used_or_shown_in_the_readme() => Assert.Empty(PublicApi.Unused(Library, Project));

    [Fact]
    public async Task Its_package_says_what_it_is_and_brings_documentation_notices_and_symbols()
    {
        var package = await LibraryPackage.PackAsync(Project, TestContext.Current.CancellationToken);

        Assert.Empty(package.Missing);

        // Those that come with others too, in the versions that were tested: Directory.Packages.props pins them.
        Assert.Equal(
            [
                "Azure.Core",
                "Azure.Storage.Queues",
                "Google.Protobuf",
                "Grpc.AspNetCore.Server",
                "Microsoft.Azure.WebJobs",
                "Microsoft.Azure.WebJobs.Extensions.Storage.Queues",
                "NCrontab",
                "System.IO.Hashing",
                "System.Memory.Data",
                "Yarp.ReverseProxy",
            ],
            package.Dependencies.Order(StringComparer.Ordinal));
        Assert.Equal(
            ("CitiesOfLearning.FunctionsHost", "MIT", "README.md"),
            (package.Of("id"), package.Of("license"), package.Of("readme")));
        Assert.Equal(
            [
                "NOTICE.md",
                "README.md",
                "lib/net10.0/CitiesOfLearning.FunctionsHost.dll",
                "lib/net10.0/CitiesOfLearning.FunctionsHost.xml",
            ],
            package.Files);
        Assert.Equal(["lib/net10.0/CitiesOfLearning.FunctionsHost.pdb"], package.SymbolFiles);
    }

    [Fact]
    public void No_arrow_runs_back_between_its_folders()
    {
        var floors = Floors.Of(Project);

        Assert.Equal(floors.Listed.Order(), floors.Folders.Order());
        Assert.Empty(floors.Back);
        Assert.True(floors.Uses > 10, "Uses are no longer found.");
    }
}
