using System.Diagnostics;
using System.Runtime.Versioning;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Infra.Tests;

/// <summary>Runs one of the repository's scripts with other programs in the place of Azure's.</summary>
internal sealed class Shell : IDisposable
{
    public const string Absent = "There is no bash on this machine.";

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-shell-").FullName;

    [UnsupportedOSPlatformGuard("windows")]
    public static bool IsPresent => !OperatingSystem.IsWindows() && File.Exists("/bin/bash");

    /// <summary>What the programs wrote down.</summary>
    public string At(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A program that is found before the real one; <c>$HERE</c> is its folder.</summary>
    [UnsupportedOSPlatform("windows")]
    public void Put(string name, string script)
    {
        var file = At(name);
        File.WriteAllText(file, $"#!/bin/bash\nHERE={_folder}\n{script.ReplaceLineEndings("\n")}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    public async Task<(int Exit, string Output)> RunAsync(string script, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(Repository.Root, script)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["PATH"] = $"{_folder}:{start.Environment["PATH"]}";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
