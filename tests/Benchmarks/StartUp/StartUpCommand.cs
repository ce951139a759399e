using System.Globalization;
using CitiesOfLearning.FunctionsHost;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Benchmarks.StartUp;

/// <summary>
/// How soon the hub answers, how soon it is ready, and what a warm page costs: each beside an empty Functions app under the same host, in
/// turn, so that whatever else the machine does meets both.
/// </summary>
internal static class StartUpCommand
{
    private const string Live = "health/live";
    private const string Ready = "health/ready";

    // Until the JIT has optimised both workers and the host.
    private const int WarmUp = 2000;

    private static readonly string[] Pages = [Live, "verify", ""];

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = new CommandLine(args, "rounds", "pages", "app", "floor");
            using var prepared = await PreparedHub.CreateAsync();
            var apps = new Apps(
                Folder(options.Text("app", "functions/App/bin/Release/net10.0")),
                Folder(options.Text("floor", "tests/EmptyFunctions/bin/Release/net10.0")),
                prepared.Settings);
            await MeasureStartsAsync(apps, options.Number("rounds", 15));
            await MeasurePagesAsync(apps, options.Number("pages", 2000));
            return 0;
        }
        catch (Exception e) when (e is CommandException or WorkerException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task MeasureStartsAsync(Apps apps, int rounds)
    {
        var (empty, hub) = (new List<Start>(), new List<Start>());
        for (var round = 0; round <= rounds; round++)
        {
            var emptyStart = await StartAsync(apps.StartEmptyAsync, Live);
            var hubStart = await StartAsync(apps.StartHubAsync, Ready);

            // The first round reads the files into memory and warms the host.
            if (round > 0)
            {
                empty.Add(emptyStart);
                hub.Add(hubStart);
            }
        }

        var (ready, readyWorkerTime) = (Of(hub, s => s.Ready - s.FirstAnswer), Of(hub, s => s.ReadyWorkerTime - s.WorkerTime));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            start to first answer, median of {rounds} pairs; and the processor time that the worker has used by then
            empty app           {Of(empty, s => s.FirstAnswer):F0} ms, {Of(empty, s => s.WorkerTime):F0} ms
            hub                 {Of(hub, s => s.FirstAnswer):F0} ms, {Of(hub, s => s.WorkerTime):F0} ms
            ratio               {Ratio(s => s.FirstAnswer):F2} (goal: at most 1.15), {Ratio(s => s.WorkerTime):F2}
            ready               {ready:F0} ms after the hub's first answer (goal: at most 1500), {readyWorkerTime:F0} ms

            """));

        // Of each pair, because what disturbs one of the two disturbs the other.
        double Ratio(Func<Start, TimeSpan> what) => Median.Of([.. hub.Zip(empty, (h, e) => what(h) / what(e))]);
    }

    private static double Of(List<Start> starts, Func<Start, TimeSpan> what) =>
        Median.Of([.. starts.Select(s => what(s).TotalMilliseconds)]);

    private static async Task<Start> StartAsync(Func<Task<RunningApp>> start, string readyPath)
    {
        await using var app = await start();
        var first = await app.AnswersAsync(Live);
        var workerTime = app.WorkerTime();
        var ready = await app.AnswersAsync(readyPath);
        var readyWorkerTime = app.WorkerTime();
        await app.SettlesAsync();
        return new Start(first, workerTime, ready, readyWorkerTime);
    }

    private static async Task MeasurePagesAsync(Apps apps, int requests)
    {
        await using var empty = await apps.StartEmptyAsync();
        await using var hub = await apps.StartHubAsync();
        await hub.AnswersAsync(Ready);
        await hub.SettlesAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warm, median of {requests} pairs (goal: a page at most 1.5)"));
        foreach (var page in Pages)
        {
            await InTurnAsync(WarmUp);
            var (hubTimes, emptyTimes) = await InTurnAsync(requests);
            var (hubTook, emptyTook) = (Median.Of(hubTimes), Median.Of(emptyTimes));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{$"/{page}",-20}{hubTook:F2} ms, the empty app's /{Live} {emptyTook:F2} ms, ratio {hubTook / emptyTook:F2}"));

            async Task<(List<double> Hub, List<double> Empty)> InTurnAsync(int times)
            {
                var (ofHub, ofEmpty) = (new List<double>(times), new List<double>(times));
                for (var i = 0; i < times; i++)
                {
                    ofEmpty.Add(await empty.GetAsync(Live));
                    ofHub.Add(await hub.GetAsync(page));
                }

                return (ofHub, ofEmpty);
            }
        }
    }

    private static string Folder(string given) => Path.GetFullPath(given, Repository.Root);

    private sealed record Start(TimeSpan FirstAnswer, TimeSpan WorkerTime, TimeSpan Ready, TimeSpan ReadyWorkerTime);

    // The same settings for both: the empty app makes nothing of the hub's.
    private sealed record Apps(string Hub, string Empty, IReadOnlyDictionary<string, string?> Settings)
    {
        public Task<RunningApp> StartHubAsync() => RunningApp.StartAsync(Hub, Settings);

        public Task<RunningApp> StartEmptyAsync() => RunningApp.StartAsync(Empty, Settings);
    }
}
