using System.Diagnostics;
using System.Text.Json;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Interop;

/// <summary>interop.mjs and the packages that package.json pins.</summary>
internal static class NodePackages
{
    public const string NotInstalled =
        "The packages to check badges with are not installed; .ci/run does it, with: npm ci --prefix tests/App.Tests/Interop";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "App.Tests", "Interop");

    public static bool AreInstalled => Directory.Exists(Path.Combine(Folder, "node_modules"));

    /// <summary>What is pinned.</summary>
    public static IEnumerable<(string Name, string Version)> Versions()
    {
        using var package = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "package.json")));
        return [.. package.RootElement.GetProperty("dependencies").EnumerateObject().Select(p => (p.Name, p.Value.GetString()!))];
    }

    /// <param name="authority">Whom they trust for HTTPS, as PEM.</param>
    public static async Task<IReadOnlyList<InteropAnswer>> AskAsync(string authority, object questions)
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("interop-").FullName;
        try
        {
            var (asked, answered, trusted) =
                (Path.Combine(folder, "questions.json"), Path.Combine(folder, "answers.json"), Path.Combine(folder, "authority.pem"));
            await File.WriteAllTextAsync(asked, JsonSerializer.Serialize(questions, JsonSerializerOptions.Web), cancel);
            await File.WriteAllTextAsync(trusted, authority, cancel);
            using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder, "interop.mjs"), asked, answered])
            {
                RedirectStandardError = true,
                Environment = { ["NODE_EXTRA_CA_CERTS"] = trusted },
            })!;
            try
            {
                var said = await node.StandardError.ReadToEndAsync(cancel);
                await node.WaitForExitAsync(cancel);
                Assert.True(node.ExitCode == 0, said);
            }
            finally
            {
                if (!node.HasExited)
                {
                    node.Kill();
                }
            }

            return JsonSerializer.Deserialize<List<InteropAnswer>>(
                await File.ReadAllBytesAsync(answered, cancel), JsonSerializerOptions.Web)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
