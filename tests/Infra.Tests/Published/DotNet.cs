using System.Diagnostics;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests.Published;

/// <summary>The <c>dotnet</c> command as a process of its own.</summary>
internal static class DotNet
{
    public static async Task<(int Exit, string Output)> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What started the tests, and whoever's hub this is, must not reach into it.
        string[] foreign = [.. start.Environment.Keys.Where(n =>
            n.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || n.StartsWith("Hub__", StringComparison.Ordinal)
            || n.StartsWith("Sources__", StringComparison.Ordinal) || n.StartsWith("AzureWebJobs", StringComparison.Ordinal))];
        Array.ForEach(foreign, name => start.Environment.Remove(name));

        // Nothing may stay behind.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
