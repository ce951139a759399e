using System.Reflection;
using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.LocalKeys;
using CitiesOfLearning.OpenBadges.Keys;
using CitiesOfLearning.OpenBadges.Proofs;
using CitiesOfLearning.Tests.Support;
using CitiesOfLearning.Tests.Support.Libraries;
using NetArchTest.Rules;

namespace CitiesOfLearning.Hub.Tests;

public sealed partial class ArchitectureTests
{
    [Fact]
    public void Hub_knows_no_functions_and_no_http_server()
    {
        var result = Types.InAssembly(typeof(HubServices).Assembly)
            .ShouldNot()
                .HaveDependencyOnAny(
                    "Microsoft.AspNetCore",
                    "Microsoft.Azure.Functions",
                    "Azure.Security.KeyVault",
                    "CitiesOfLearning.App",
                    "CitiesOfLearning.LocalKeys")
            .GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
        Assert.DoesNotContain(References(typeof(HubServices).Assembly), n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || n.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal)
            || n is "CitiesOfLearning.App" or "CitiesOfLearning.LocalKeys");
    }

    [Fact]
    public void Local_knows_the_hub_and_not_the_app() =>
        Assert.DoesNotContain("CitiesOfLearning.App", References(typeof(LocalSigner).Assembly));

    /// <summary>Everything leads to Hub → OpenBadges → JsonLd, and what runs functions knows nothing of badges.</summary>
    [Fact]
    public void Projects_depend_one_way()
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["JsonLd"] = [],
            ["OpenBadges"] = ["JsonLd"],
            ["Hub"] = ["OpenBadges"],
            ["KeyVault"] = ["Hub"],
            ["LocalKeys"] = ["Hub"],
            ["FunctionsHost"] = [],
            ["FunctionsTesting"] = ["FunctionsHost"],
            ["DevHost"] = ["FunctionsHost", "Hub", "LocalKeys"],
            ["App"] = ["DevHost", "Hub", "KeyVault", "LocalKeys"],
            ["Operator"] = ["Hub"],
        };
        foreach (var project in Directory
            .GetDirectories(Path.Combine(Repository.Root, "functions"))
            .SelectMany(f => Directory.GetFiles(f, "*.csproj")))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = ProjectReference().Matches(File.ReadAllText(project)).Select(m => m.Groups[1].Value);

            Assert.True(allowed.TryGetValue(name, out var may), $"{name} is not in design's list of projects");
            Assert.Empty(references.Except(may ?? []));
        }
    }

    /// <summary>functions/Hub/README.md lists the folders in their order; each may use those above it.</summary>
    [Fact]
    public void No_arrow_runs_back_between_Hubs_folders()
    {
        var floors = Floors.Of("functions/Hub");

        Assert.Equal(floors.Listed.Order(), floors.Folders.Order());
        Assert.Empty(floors.Back);
        Assert.True(floors.Uses > 250, "Uses are no longer found.");

        // What lies beside the folders uses them, and none of them uses it.
        var hub = Path.Combine(Repository.Root, "functions", "Hub");
        Assert.Equal(
            ["Assembly", "HubServices", "Readiness"],
            Directory.EnumerateFiles(hub, "*.cs").Select(Path.GetFileNameWithoutExtension).Order());
        Assert.DoesNotContain(
            Sources().Where(f => f.Path.StartsWith(hub, StringComparison.Ordinal) && Path.GetDirectoryName(f.Path) != hub),
            f => f.Text.Contains("HubServices", StringComparison.Ordinal) || f.Text.Contains("Readiness", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_view_of_the_app_lies_beside_its_page_and_the_function_that_makes_it()
    {
        var app = Path.Combine(Repository.Root, "functions", "App");
        var views = Directory.EnumerateFiles(app, "*View.cs", SearchOption.AllDirectories)
            .Where(v => !v.StartsWith(Path.Combine(app, "Shared"), StringComparison.Ordinal))
            .ToList();

        Assert.True(views.Count > 10, "Views are no longer found.");
        Assert.All(views, view =>
        {
            var (folder, name) = (Path.GetDirectoryName(view)!, Path.GetFileNameWithoutExtension(view));
            Assert.True(File.Exists(Path.Combine(folder, ShownBy().Match(File.ReadAllText(view)).Groups[1].Value + ".razor")), name);
            Assert.Contains(
                Directory.EnumerateFiles(folder, "*.cs").Where(f => f != view),
                f => File.ReadAllText(f).Contains($"new {name}(", StringComparison.Ordinal));
        });
    }

    /// <summary>Least of all in the worker's: what runs is the package that is deployed.</summary>
    [Fact]
    public void No_type_stands_in_somebody_elses_namespace()
    {
        var elsewhere = Sources()
            .Select(f => (f.Path, Namespace: NamespaceLine().Match(f.Text)))
            .Where(f => f.Namespace.Success && !f.Namespace.Groups[1].Value.StartsWith("CitiesOfLearning.", StringComparison.Ordinal))
            .Select(f => $"{f.Path}: {f.Namespace.Groups[1].Value}");

        Assert.Empty(elsewhere);
    }

    /// <summary>A folder of the app has functions, views and pages of one audience; what two of them need is in Shared.</summary>
    [Fact]
    public void No_audience_of_the_app_uses_the_folder_of_another()
    {
        var app = Path.Combine(Repository.Root, "functions", "App");
        string[] audiences = ["Badges", "Cities", "Claims", "Hooks", "Queues", "Site", "Staff", "Verify"];
        var files = Directory.EnumerateFiles(app, "*", SearchOption.AllDirectories)
            .Select(f => (Path: Path.GetRelativePath(app, f).Replace('\\', '/'), Full: f))
            .Where(
                f => Path.GetExtension(f.Path) is ".cs" or ".razor" && f.Path.Contains('/') && f.Path.Split('/')[0] is not ("obj" or "bin"))
            .ToList();

        Assert.Equal([.. audiences, "Shared"], files
            .Select(f => f.Path.Split('/')[0])
            .Distinct()
            .Order(StringComparer.Ordinal)
            .OrderBy(f => f == "Shared"));
        Assert.Empty(files.SelectMany(f => UseOfApp().Matches(File.ReadAllText(f.Full)).Select(m => m.Groups[1].Value)
            .Where(used => used != "Shared" && used != f.Path.Split('/')[0])
            .Select(used => $"{f.Path} uses {used}")));
    }

    [Fact]
    public void Nothing_makes_a_checked_credential_but_the_rules()
    {
        var type = typeof(CheckedCredential);

        Assert.All(
            type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), c => Assert.True(c.IsPrivate));
        Assert.True(type.IsSealed);
        Assert.All(type.GetProperties(), p => Assert.Null(p.SetMethod));
        Assert.Equal(
            ["Badge", "StatusList"],
            type
                .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(m => m.ReturnType == type && !m.IsPrivate)
                .Select(m => m.Name)
                .Order());
    }

    [Fact]
    public void Only_a_checked_credential_is_signed()
    {
        var signing = typeof(CredentialSigning).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(m => !m.Name.Contains('<', StringComparison.Ordinal)).ToList();

        Assert.Equal(["JwtAsync", "ProofAsync"], signing.Select(m => m.Name).Order());
        Assert.All(signing, m => Assert.Equal(typeof(CheckedCredential), m.GetParameters()[0].ParameterType));
        Assert.All(signing, m => Assert.Empty(m.GetParameters().Skip(1).Select(p => p.ParameterType).Except(
            [
                typeof(SigningAlgorithm),
                typeof(SigningCryptosuite),
                typeof(ICredentialSigner),
                typeof(HubUrls),
                typeof(DateTimeOffset),
                typeof(CancellationToken)
            ])));
    }

    [Fact]
    public void Nobody_else_asks_the_signer_to_sign()
    {
        var callers = Sources().Where(f => SignCall().IsMatch(f.Text)).Select(f => Path.GetFileName(f.Path));

        Assert.Equal(["CredentialSigning.cs"], callers.Order());
    }

    [Fact]
    public void Ids_and_secrets_are_drawn_in_one_place_only()
    {
        // Beside them: the nonce of a cipher, and the secret that nobody knows, against which an unknown sender is checked.
        var drawers = Sources()
            .Where(f => f.Path.Contains(Path.Combine("functions", "Hub"), StringComparison.Ordinal))
            .Where(f => f.Text.Contains("RandomNumberGenerator.", StringComparison.Ordinal))
            .Select(f => Path.GetFileName(f.Path));

        Assert.Equal(["PersonalData.cs", "RandomId.cs", "WebhookVerifier.cs"], drawers.Order());
    }

    [Theory]
    [InlineData("\"https://www.w3.org/ns/credentials/v2\"", "ContextAddresses.cs")]
    [InlineData("\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"", "ContextAddresses.cs")]
    [InlineData("HH:mm:ss'Z'\"", "DateTimeStamp.cs")]
    [InlineData("\"default-src 'none'; style-src 'unsafe-inline'\"", "Reply.cs")]
    [InlineData("\"Sec-Fetch-Site\"", "FetchMetadata.cs")]
    public void What_many_need_is_written_once(string text, string file)
    {
        var writers = Sources().Where(f => f.Text.Contains(text, StringComparison.Ordinal)).Select(f => Path.GetFileName(f.Path));

        Assert.Equal([file], writers);
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static IEnumerable<(string Path, string Text)> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => (f, File.ReadAllText(f)));

    // A call on a signer, not its declaration, nor the formats' methods of that name, nor the vault's.
    [GeneratedRegex(@"(?<!VcJwt|DataIntegrity|Client)\.SignAsync\(")]
    private static partial Regex SignCall();

    [GeneratedRegex(@"\bApp\.([A-Z][A-Za-z]+)(?=[.;])(?<!^namespace [^\n]*)")]
    private static partial Regex UseOfApp();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bView<(\w+)>")]
    private static partial Regex ShownBy();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?([A-Za-z]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
