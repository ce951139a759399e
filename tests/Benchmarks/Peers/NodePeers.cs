using System.Diagnostics;
using System.Text.Json;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Benchmarks.Peers;

/// <summary>peers.mjs, in a process of its own that lives as long as the command.</summary>
internal sealed class NodePeers : IDisposable
{
    private readonly Process _node;

    private NodePeers(Process node) => _node = node;

    /// <exception cref="CommandException">The packages are not there.</exception>
    public static NodePeers Start()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Benchmarks", "Peers");
        return Directory.Exists(Path.Combine(folder, "node_modules"))
            ? new NodePeers(
                Process.Start(
                    new ProcessStartInfo(
                        "node", ["peers.mjs"])
                    { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true })!)
            : throw new CommandException("The peers are not installed. Get them: npm ci --prefix tests/Benchmarks/Peers");
    }

    /// <summary>Microseconds for one operation, of as many as the time allows.</summary>
    public async Task<double> MeasureAsync(string operation, TimeSpan time)
    {
        await _node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { operation, milliseconds = time.TotalMilliseconds }));
        var answer = await _node.StandardOutput.ReadLineAsync() ?? throw new CommandException("peers.mjs ended.");
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("microseconds").GetDouble();
    }

    public void Dispose()
    {
        _node.Kill();
        _node.Dispose();
    }
}
