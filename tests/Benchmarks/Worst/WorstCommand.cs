using System.Diagnostics;
using System.Globalization;
using CitiesOfLearning.Hub.Verification;

namespace CitiesOfLearning.Benchmarks.Worst;

/// <summary>What the most expensive requests cost: processor time, and memory at its height.</summary>
internal static class WorstCommand
{
    public const double MaxSeconds = 1.2;
    public const double MaxMebibytes = 64;

    private static readonly int[] Sizes = [1_000, 10_000, 100_000, 1_000_000];

    public static async Task<int> RunAsync(string[] args)
    {
        _ = new CommandLine(args);
        using var hub = await BenchmarkHub.StartAsync();
        using var requests = new WorstRequests();
        var desk = hub.Get<VerificationDesk>();
        var within = true;
        foreach (var size in Sizes)
        {
            foreach (var (what, make) in requests.All)
            {
                var file = make(size);
                await CostAsync(desk, file); // compiled, and contexts kept
                var cost = await CostAsync(desk, file);
                var isWithin = cost.Seconds <= MaxSeconds && cost.Mebibytes <= MaxMebibytes;
                within &= isWithin;
                var told = $"{what}: {cost.Answer}{(isWithin ? "" : "  TOO MUCH")}";
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{file.Length,9:N0} B {cost.Seconds * 1000,7:F1} ms {cost.Mebibytes,6:F1} MiB  {told}"));
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{(within ? "None" : "Some")} above {MaxSeconds} s or {MaxMebibytes} MiB"));
        return within ? 0 : 1;
    }

    private static async Task<(double Seconds, double Mebibytes, string Answer)> CostAsync(VerificationDesk desk, byte[] file)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var done = new CancellationTokenSource();
        var highest = 0L;
        var watch = Task.Factory.StartNew(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: false) - before);
                    Thread.Sleep(1);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        using var process = Process.GetCurrentProcess();
        var began = process.TotalProcessorTime;
        var report = (await desk.VerifyAsync(file, CancellationToken.None))![0].Report;
        process.Refresh();
        var took = process.TotalProcessorTime - began;
        await done.CancelAsync();
        await watch;
        var deciding = report.Checks.LastOrDefault(c => c.Outcome is CheckOutcome.Fail or CheckOutcome.Unknown);
        return (took.TotalSeconds, highest / 1048576.0, $"{report.Authentic} ({deciding?.TextKey})");
    }
}
