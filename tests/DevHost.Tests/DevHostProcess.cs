using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.DevHost.Tests;

/// <summary>DevHost as people start it: a process, with a data folder of its own and free ports, that runs tests/Apps/Sample.</summary>
internal sealed partial class DevHostProcess : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private DevHostProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Remember(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Remember(_errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static string SampleApp { get; } = Path.Combine(Repository.Root, "tests", "Apps", "Sample", "bin", Configuration, "net10.0");

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    public int Id => _process.Id;

    /// <summary>As the closing lines say it.</summary>
    public Uri Hub => new(Address().Match(Output).Groups[1].Value);

    public int WorkerId => int.Parse(Worker().Match(Output).Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="dataFolder">Where it keeps everything.</param>
    /// <param name="arguments">As on the command line; they win over those that every test has.</param>
    /// <param name="environment">Beside what the tests themselves have.</param>
    public static DevHostProcess Start(string dataFolder, string[] arguments, params (string Name, string Value)[] environment) =>
        Start(dataFolder, arguments, environment, null);

    /// <param name="redirect">Where its output goes, as the shell says it.</param>
    public static DevHostProcess Start(string dataFolder, string[] arguments, (string Name, string Value)[] environment, string? redirect)
    {
        var assembly = Path.Combine(
            Repository.Root, "functions", "DevHost", "bin", Configuration, "net10.0", "CitiesOfLearning.DevHost.dll");
        string[] usual = [assembly, $"--App={SampleApp}", $"--Local:DataFolder={dataFolder}", "--Local:Port=0", "--Local:StoragePort=0"];
        string[] command = redirect is null
            ? [Dotnet(), .. usual, .. arguments]
            : ["sh", "-c", $"exec \"$@\" {redirect}", "sh", Dotnet(), .. usual, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new DevHostProcess(new Process { StartInfo = start });
    }

    public async Task<DevHostProcess> RunsAsync()
    {
        await SaysAsync("The hub runs.");
        await SaysAsync("/cities/plymouth");
        return this;
    }

    public async Task SaysAsync(string text)
    {
        var began = Stopwatch.GetTimestamp();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited || Stopwatch.GetElapsedTime(began) > Patience, $"\"{text}\" was not said:\n{Output}\n{Errors}");
            await Task.Delay(50, Cancel);
        }
    }

    /// <summary>Sends a Unix signal, such as INT for Ctrl-C.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.WaitForExitAsync(Cancel);
    }

    /// <returns>Its exit code, once it has ended and all that it said is here.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(Cancel).WaitAsync(Patience, Cancel);
        return _process.ExitCode;
    }

    /// <summary>Its children as well, where a test failed before it had stopped it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    // By its whole path, for the tests that take everything else off the PATH.
    private static string Dotnet() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } known
            ? known
            : Environment.GetEnvironmentVariable("PATH")!
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
        .First(File.Exists);

    private static void Remember(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    [GeneratedRegex(@"(http://localhost:[0-9]+/)local\b")]
    private static partial Regex Address();

    [GeneratedRegex(@"The worker \(process ([0-9]+)\)")]
    private static partial Regex Worker();
}
