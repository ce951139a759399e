using System.ComponentModel;
using System.Diagnostics;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.LocalKeys;

namespace CitiesOfLearning.DevHost.Storage;

/// <summary>Gets the npm package azurite with npx, once per user and version, and remembers where it is.</summary>
internal static class AzuritePackage
{
    public const string NodeIsMissing =
        "The storage emulator needs Node 20 or later with npx, and it was not found. Get it from https://nodejs.org/ and start again.";

    internal const string GuardFile = "azurite-guard.cjs";

    /// <summary>The guard script and Azurite's main file, downloaded first where need be.</summary>
    public static async Task<(string Guard, string Main)> LocateAsync(Action<string> say, CancellationToken cancellationToken)
    {
        var guard = WriteGuard();
        var remembered = Path.Combine(UserFolder.Path, $"azurite-{Azurite.Version}.path");
        if (Remembered(remembered) is { } known)
        {
            return (guard, known);
        }

        // The hub and its tests may both be started from a fresh clone at the same moment: one downloads, the other waits.
        await using var only = await WaitForLockAsync(say, cancellationToken);
        if (Remembered(remembered) is { } meanwhile)
        {
            return (guard, meanwhile);
        }

        say($"Getting the storage emulator (azurite {Azurite.Version}) with npx; the first time it is downloaded, about a minute…");
        var main = await AskNpxAsync(guard, cancellationToken);
        Write(remembered, main);
        return (guard, main);
    }

    private static string? Remembered(string file) =>
        File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } main && File.Exists(main) ? main : null;

    private static async Task<FileStream> WaitForLockAsync(Action<string> say, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (UserFolder.TryLock("download") is { } held)
            {
                return held;
            }

            if (attempt == 10)
            {
                say("Waiting for another process that is getting the storage emulator…");
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    private static async Task<string> AskNpxAsync(string guard, CancellationToken cancellationToken)
    {
        // On Windows npx is a script, which only its command interpreter can run.
        string[] npx = OperatingSystem.IsWindows() ? ["cmd.exe", "/d", "/c", "npx"] : ["npx"];
        string[] arguments = [
            .. npx[1..],
            "--yes",
            "--package",
            $"azurite@{Azurite.Version}",
            "--",
            "node",
            guard,
            "locate",
            Azurite.Version
        ];
        var start = new ProcessStartInfo(npx[0], arguments)
        {
            WorkingDirectory = UserFolder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A registry that is away is said after some seconds, not after the minutes that npm would try.
        start.Environment.TryAdd("npm_config_fetch_retry_mintimeout", "1000");
        start.Environment.TryAdd("npm_config_fetch_retry_maxtimeout", "5000");
        start.Environment["npm_config_update_notifier"] = "false";
        start.Environment["npm_config_audit"] = "false";
        start.Environment["npm_config_fund"] = "false";
        start.Environment["npm_config_engine_strict"] = "false"; // azurite names Node 22 but runs on Node 20, which is still supported

        using var process = Start(start);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var lines = (await output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return process.ExitCode == 0 && lines.Length > 0 && File.Exists(lines[^1])
                ? lines[^1]
                : throw new DevHostException(
                    $"npx could not get the storage emulator (azurite {Azurite.Version}):\n{Beginning(await errors)}\n" +
                    "Can this machine reach the npm registry (npm config get registry)? Or start an Azurite yourself and give its\n" +
                    "connection string in AzureWebJobsStorage.");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    internal static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new DevHostException(NodeIsMissing);
        }
    }

    // npm says what is wrong first; then come its own stack, properties and advice.
    private static string Beginning(string errors) => Indent(string.Join('\n', errors
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith("npm warn", StringComparison.OrdinalIgnoreCase))
        .Where(line => !line.Contains("    at ", StringComparison.Ordinal))
        .Take(4)));

    internal static string Indent(string text) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(12).Select(line => "  " + line.TrimEnd()));

    private static void Write(string file, string text) => UserFolder.Explained(() =>
    {
        AtomicFile.Write(file, text);
        return true;
    });

    private static string WriteGuard()
    {
        using var resource = typeof(AzuritePackage).Assembly.GetManifestResourceStream("guard.cjs")!;
        using var reader = new StreamReader(resource);
        var script = reader.ReadToEnd();
        var file = Path.Combine(UserFolder.Path, GuardFile);
        if (!File.Exists(file) || File.ReadAllText(file) != script)
        {
            Write(file, script);
        }

        return file;
    }
}
