using System.Reflection;
using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Credentials;
using CitiesOfLearning.Hub.Credentials.Proofs;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.LocalKeys;
using CitiesOfLearning.Tests.Support;
using NetArchTest.Rules;

namespace CitiesOfLearning.Hub.Tests;

public sealed partial class ArchitectureTests
{
    [Fact]
    public void Hub_knows_no_functions_and_no_http_server()
    {
        var result = Types.InAssembly(typeof(HubServices).Assembly)
            .ShouldNot().HaveDependencyOnAny("Microsoft.AspNetCore", "Microsoft.Azure.Functions", "Azure.Security.KeyVault", "CitiesOfLearning.App", "CitiesOfLearning.LocalKeys")
            .GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
        Assert.DoesNotContain(References(typeof(HubServices).Assembly), n => n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || n.StartsWith("Microsoft.Azure.Functions", StringComparison.Ordinal)
            || n is "CitiesOfLearning.App" or "CitiesOfLearning.LocalKeys");
    }

    [Fact]
    public void Local_knows_the_hub_and_not_the_app() =>
        Assert.DoesNotContain("CitiesOfLearning.App", References(typeof(CitiesOfLearning.LocalKeys.LocalSigner).Assembly));

    /// <summary>Everything leads to Hub → JsonLd, and what runs functions knows nothing of badges.</summary>
    [Fact]
    public void Projects_depend_one_way()
    {
        var allowed = new Dictionary<string, string[]>
        {
            ["JsonLd"] = [],
            ["Hub"] = ["JsonLd"],
            ["KeyVault"] = ["Hub"],
            ["LocalKeys"] = ["Hub"],
            ["FunctionsHost"] = [],
            ["FunctionsTesting"] = ["FunctionsHost"],
            ["DevHost"] = ["FunctionsHost", "Hub", "LocalKeys"],
            ["App"] = ["DevHost", "Hub", "KeyVault", "LocalKeys"],
            ["Upload"] = ["Hub"],
        };
        foreach (var project in Directory.GetDirectories(Path.Combine(Repository.Root, "functions")).SelectMany(f => Directory.GetFiles(f, "*.csproj")))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = ProjectReference().Matches(File.ReadAllText(project)).Select(m => m.Groups[1].Value);

            Assert.True(allowed.TryGetValue(name, out var may), $"{name} is not in design's list of projects");
            Assert.Empty(references.Except(may ?? []));
        }
    }

    [Fact]
    public void Nothing_makes_a_checked_credential_but_the_rules()
    {
        var type = typeof(CheckedCredential);

        Assert.All(type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), c => Assert.True(c.IsPrivate));
        Assert.True(type.IsSealed);
        Assert.All(type.GetProperties(), p => Assert.Null(p.SetMethod));
        Assert.Equal(
            ["Badge", "StatusList"],
            type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(m => m.ReturnType == type && !m.IsPrivate).Select(m => m.Name).Order());
    }

    [Fact]
    public void Only_a_checked_credential_is_signed()
    {
        foreach (var creator in new[] { typeof(VcJwt), typeof(DataIntegrity) })
        {
            var signs = Assert.Single(
                creator.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic),
                m => m.Name.Contains("Sign", StringComparison.Ordinal) && !m.IsPrivate && !m.Name.Contains('<', StringComparison.Ordinal));
            var parameters = signs.GetParameters().Select(p => p.ParameterType).ToList();

            Assert.Equal(typeof(CheckedCredential), parameters[0]);
            Assert.Empty(parameters.Skip(1).Except(
                [typeof(SigningAlgorithm), typeof(Cryptosuite), typeof(ICredentialSigner), typeof(HubUrls), typeof(DateTimeOffset), typeof(CancellationToken)]));
        }
    }

    [Fact]
    public void Nobody_but_the_makers_of_proofs_asks_the_signer_to_sign()
    {
        var callers = Sources().Where(f => SignCall().IsMatch(f.Text)).Select(f => Path.GetFileName(f.Path));

        Assert.Equal(["DataIntegrity.cs", "VcJwt.cs"], callers.Order());
    }

    [Fact]
    public void Ids_and_secrets_are_drawn_in_one_place_only()
    {
        // Beside them: the nonce of a cipher, and the secret that nobody knows, against which an unknown sender is checked.
        var drawers = Sources()
            .Where(f => f.Path.Contains(Path.Combine("functions", "Hub"), StringComparison.Ordinal) && f.Text.Contains("RandomNumberGenerator.", StringComparison.Ordinal))
            .Select(f => Path.GetFileName(f.Path));

        Assert.Equal(["PersonalData.cs", "RandomId.cs", "WebhookVerifier.cs"], drawers.Order());
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    private static IEnumerable<(string Path, string Text)> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => (f, File.ReadAllText(f)));

    // A call on a signer, not its declaration and not the methods of the same name of VcJwt and DataIntegrity.
    [GeneratedRegex(@"(?<!VcJwt|DataIntegrity|Client)\.SignAsync\(")]
    private static partial Regex SignCall();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?([A-Za-z]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
