using System.Diagnostics;

namespace CitiesOfLearning.Tests.Support;

/// <summary>The <c>dotnet</c> command as a process of its own.</summary>
public static class DotNet
{
    public static async Task<(int Exit, string Output)> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null)
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
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
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
