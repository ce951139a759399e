using System.Reflection;
using CitiesOfLearning.Tests.Support.Libraries;

namespace CitiesOfLearning.FunctionsTesting.Tests;

public sealed class AssemblyTests
{
    private const string Project = "functions/FunctionsTesting";

    private static readonly Assembly Library = typeof(FunctionsFactory<>).Assembly;

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
                "CitiesOfLearning.FunctionsHost",
                "Google.Protobuf",
                "Grpc.AspNetCore.Server",
                "Microsoft.AspNetCore.Mvc.Testing",
                "Microsoft.Azure.Functions.Worker.Core",
                "Microsoft.Azure.WebJobs",
                "Microsoft.Azure.WebJobs.Extensions.Storage.Queues",
                "NCrontab",
                "System.IO.Hashing",
                "System.Memory.Data",
                "Yarp.ReverseProxy",
            ],
            package.Dependencies.Order(StringComparer.Ordinal));
        Assert.Equal(
            ("CitiesOfLearning.FunctionsTesting", "MIT", "README.md"),
            (package.Of("id"), package.Of("license"), package.Of("readme")));
        Assert.Equal(
            [
                "NOTICE.md",
                "README.md",
                "lib/net10.0/CitiesOfLearning.FunctionsTesting.dll",
                "lib/net10.0/CitiesOfLearning.FunctionsTesting.xml",
            ],
            package.Files);
        Assert.Equal(["lib/net10.0/CitiesOfLearning.FunctionsTesting.pdb"], package.SymbolFiles);
    }
}
