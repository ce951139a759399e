using System.Collections.Concurrent;
using System.Threading.Channels;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Faults;

/// <summary>Many badges, each with faults of its own, on a few lanes at once.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private readonly Channel<FaultLane> _free = Channel.CreateUnbounded<FaultLane>();
    private readonly int _lanes;
    private int _learners;

    private FaultRun(int lanes) => _lanes = lanes;

    public static async Task<FaultRun> StartAsync(int lanes)
    {
        var run = new FaultRun(lanes);
        foreach (var lane in await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => FaultLane.StartAsync())))
        {
            run._free.Writer.TryWrite(lane);
        }

        return run;
    }

    /// <summary>The requests to storage that a badge takes, from hook to mail, when nothing goes wrong.</summary>
    public async Task<IReadOnlyList<StorageCall>> CallsAsync()
    {
        var outcome = (await RunAsync([[]], _ => { })).Single().Outcome;
        Assert.Null(outcome.Problem);
        return outcome.Calls;
    }

    public async Task<IReadOnlyList<(InjectedFault[] Faults, FaultOutcome Outcome)>> RunAsync(
        IReadOnlyCollection<InjectedFault[]> cases, Action<int> progress)
    {
        var outcomes = new ConcurrentQueue<(InjectedFault[] Faults, FaultOutcome Outcome)>();
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = _lanes,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        await Parallel.ForEachAsync(cases, options, async (faults, cancellationToken) =>
        {
            var lane = await _free.Reader.ReadAsync(cancellationToken);
            var outcome = await lane.RunAsync($"learner-{Interlocked.Increment(ref _learners)}@example.org", faults);
            if (outcome.Problem is not null)
            {
                // What it left behind must not trouble the next.
                await lane.DisposeAsync();
                lane = await FaultLane.StartAsync();
            }

            _free.Writer.TryWrite(lane);
            outcomes.Enqueue((faults, outcome));
            progress(outcomes.Count);
        });
        return [.. outcomes];
    }

    public async ValueTask DisposeAsync()
    {
        while (_free.Reader.TryRead(out var lane))
        {
            await lane.DisposeAsync();
        }
    }
}
