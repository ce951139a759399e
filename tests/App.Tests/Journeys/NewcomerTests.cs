using System.Diagnostics;
using System.Text.RegularExpressions;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>A newcomer's afternoon: starts the hub, pastes what docs/development.md says, presses Ctrl-C, and starts again.</summary>
public sealed partial class NewcomerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly PortBlock _ports = PortBlock.FindFree(4);
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-readme-").FullName;
    private Process? _hub;
    private Task<string>? _errors;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Hub => $"http://localhost:{_ports.First}";

    [Fact]
    public async Task What_is_to_be_pasted_can_be_and_Ctrl_C_stops_everything_and_loses_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists("/usr/bin/curl"), "What is pasted needs bash and curl.");
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "development.md"), Cancel);
        var (walk, steward) = (Block(page, "hub=http"), Block(page, "award=$("));

        await StartAsync();
        var said = await BashAsync($"{walk}\n{steward}");
        await InterruptAsync();
        await StartAsync();
        var answer = await BashAsync($"curl -s -H 'Accept: application/json' -F file=@badge.png {Hub}/verify");
        await InterruptAsync();

        Assert.Matches("\"authentic\": \"yes\",\\s+\"current\": \"yes\",\\s+\"authorised\": \"yes\"", said);
        Assert.Contains("\"current\": \"no\"", said[said.IndexOf("\"authorised\"", StringComparison.Ordinal)..]);
        Assert.Equal("PNG"u8.ToArray(), (await File.ReadAllBytesAsync(Path.Combine(_folder, "badge.png"), Cancel))[1..4]);
        Assert.Contains("\"current\": \"yes\"", answer);
    }

    public void Dispose()
    {
        _hub?.Kill(); // only where the test failed; its storage ends with it
        _hub?.Dispose();
        _ports.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // The three addresses are the last that it says before it is there.
    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [HubProcess.DevHost, $"--App={HubProcess.App}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Local__Port"] = $"{_ports.First}";
        start.Environment["Local__StoragePort"] = $"{_ports.First + 1}";
        start.Environment["Local__DataFolder"] = Path.Combine(_folder, "data");
        _hub = Process.Start(start)!;
        _errors = _hub.StandardError.ReadToEndAsync(Cancel);
        var said = new List<string>();
        while (!said.Any(l => l.EndsWith($"{Hub}/cities/plymouth", StringComparison.Ordinal)))
        {
            said.Add(await _hub.StandardOutput.ReadLineAsync(Cancel).AsTask().WaitAsync(Patience, Cancel)
                ?? throw new InvalidOperationException(string.Join('\n', [.. said, await _errors])));
        }

        Assert.Contains(said, l => l.EndsWith($"{Hub}/local", StringComparison.Ordinal));
        Assert.Contains(said, l => l.EndsWith($"{Hub}/verify", StringComparison.Ordinal));
        _ = _hub.StandardOutput.ReadToEndAsync(Cancel);
    }

    /// <summary>Ctrl-C. It had nothing to complain of; its storage must be gone as well: nobody answers at any of the ports.</summary>
    private async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_hub!.Id}"]);
        await _hub.WaitForExitAsync(Cancel).WaitAsync(Patience, Cancel);

        Assert.Equal("", await _errors!);
        Assert.Equal(0, _hub.ExitCode);
        Assert.True(PortBlock.IsFree(_ports.First, 4), "Something still listens.");
        _hub.Dispose();
        _hub = null;
    }

    private async Task<string> BashAsync(string script)
    {
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", script])
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var (said, complained) = (bash.StandardOutput.ReadToEndAsync(Cancel), bash.StandardError.ReadToEndAsync(Cancel));
        await bash.WaitForExitAsync(Cancel).WaitAsync(Patience, Cancel);
        Assert.True(bash.ExitCode == 0, await said + await complained);
        Assert.Equal("", await complained);
        return await said;
    }

    private string Block(string page, string beginning) =>
        BashBlock()
            .Matches(page.ReplaceLineEndings("\n"))
            .Select(m => m.Groups[1].Value)
            .Single(b => b.StartsWith(beginning, StringComparison.Ordinal))
            .Replace("http://localhost:7071", Hub, StringComparison.Ordinal);

    [GeneratedRegex(@"```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex BashBlock();
}
