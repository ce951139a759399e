using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CitiesOfLearning.Benchmarks.Peers;

/// <summary>
/// JSON-LD and proofs of one credential, in turn with the JavaScript libraries that most of the field uses and with one
/// <see cref="JsonDocument.Parse(ReadOnlyMemory{byte}, JsonDocumentOptions)"/> of the same bytes, so that whatever else the machine does
/// meets all.
/// </summary>
internal static class PeersCommand
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(400);

    /// <summary>How many times faster than the peers the hub is to be.</summary>
    private static readonly Dictionary<string, int> Goals = new()
    {
        ["canonicalize"] = 15,
        ["ecdsa-rdfc-2019 verify"] = 20,
        ["ecdsa-sd-2023 base proof"] = 10,
        ["ecdsa-sd-2023 derive"] = 10,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var rounds = new CommandLine(args, "rounds").Number("rounds", 7);
            using var peers = NodePeers.Start();
            using var hub = new HubProofs();
            Console.WriteLine($"medians of {rounds} rounds, each in turn with the peers; a credential of {hub.Credential.Length} bytes");
            foreach (var (operation, run) in hub.Operations)
            {
                await MeasureAsync(operation, run, peers, rounds);
            }

            MeasureParse(hub, rounds);
            return 0;
        }
        catch (CommandException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task MeasureAsync(string operation, Action run, NodePeers peers, int rounds)
    {
        Measure(run, WarmUp);
        await peers.MeasureAsync(operation, WarmUp);
        var (ours, theirs, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(Measure(run, Sample));
            theirs.Add(await peers.MeasureAsync(operation, Sample));
            ratios.Add(theirs[^1] / ours[^1]);
        }

        var goal = Goals.TryGetValue(operation, out var factor) ? $" (goal: {factor})" : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{operation,-28} hub {Median.Of(ours),8:F1} µs {Allocated(run) / 1000.0,6:F1} kB   peers {Median.Of(theirs),8:F0} µs   " +
            $"{Median.Of(ratios):F1} times faster{goal}"));
    }

    private static void MeasureParse(HubProofs hub, int rounds)
    {
        var canonicalize = hub.Operations["canonicalize"];
        Measure(Parse, WarmUp);
        var ratios = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var parse = Measure(Parse, Sample);
            ratios.Add(Measure(canonicalize, Sample) / parse);
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"canonicalize costs {Median.Of(ratios):F1} times one JsonDocument.Parse of the same bytes (goal: at most 60)"));

        void Parse() => JsonDocument.Parse(hub.Credential).Dispose();
    }

    /// <returns>Microseconds for one.</returns>
    private static double Measure(Action run, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        do
        {
            run();
            count++;
        }
        while (Stopwatch.GetElapsedTime(started) < time);

        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / count;
    }

    private static long Allocated(Action run)
    {
        const int Times = 100;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            run();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }
}
