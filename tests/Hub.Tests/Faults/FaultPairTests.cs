using System.Globalization;
using System.Security.Cryptography;

namespace CitiesOfLearning.Hub.Tests.Faults;

/// <summary>Two faults on one badge's way. Hundreds of badges take minutes: <c>.ci/long</c> runs them.</summary>
public sealed class FaultPairTests
{
    private const int Drawn = 300;

    private static readonly FaultKind[] Failures = [FaultKind.Fails, FaultKind.FailsAfterCommit];

    [Fact(Explicit = true)]
    public async Task Every_pair_of_failures_is_survived()
    {
        await using var run = await FaultRun.StartAsync(lanes: 16);
        var after = await FirstsAsync(run, Failures);

        await SurviveAsync(run, "Pairs of failures", [.. after.SelectMany(first => Pairs(first, Failures))]);
    }

    [Fact(Explicit = true)]
    public async Task Pairs_with_a_hang_or_a_kill_are_survived()
    {
        var seed = Environment.GetEnvironmentVariable("FAULT_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : RandomNumberGenerator.GetInt32(int.MaxValue);
        await using var run = await FaultRun.StartAsync(lanes: 16);
        var after = await FirstsAsync(run, Enum.GetValues<FaultKind>());

        // In an order of their own, so that the same seed draws the same pairs.
        var pairs = after
            .OrderBy(first => first.Faults[0].Call)
            .ThenBy(first => first.Faults[0].Kind)
            .SelectMany(first => Pairs(first, Enum.GetValues<FaultKind>()))
            .Where(pair => pair.Any(f => !Failures.Contains(f.Kind)))
            .ToArray();
        new Random(seed).Shuffle(pairs);

        await SurviveAsync(run, $"Pairs with a hang or a kill, drawn from {pairs.Length} with FAULT_SEED={seed}", pairs[..Drawn]);
    }

    /// <summary>What becomes of a badge after one fault alone, for each.</summary>
    private static async Task<IReadOnlyList<(InjectedFault[] Faults, FaultOutcome Outcome)>> FirstsAsync(FaultRun run, FaultKind[] kinds)
    {
        var calls = Calls((await run.CallsAsync()).Count);
        return await run.RunAsync([.. calls.SelectMany(call => kinds.Select(kind => new[] { new InjectedFault(call, kind) }))], _ => { });
    }

    private static IEnumerable<int> Calls(int count) => Enumerable.Range(1, count);

    // The second can meet any request that there is after the first, so also those by which the first is overcome.
    private static IEnumerable<InjectedFault[]> Pairs((InjectedFault[] Faults, FaultOutcome Outcome) first, FaultKind[] kinds) =>
        Calls(first.Outcome.Calls.Count)
            .Skip(first.Faults[0].Call)
            .SelectMany(call => kinds.Select(kind => new[] { first.Faults[0], new InjectedFault(call, kind) }));

    private static async Task SurviveAsync(FaultRun run, string what, InjectedFault[][] pairs)
    {
        var outcomes = await run.RunAsync(
            pairs, done => FaultReport.Progress($"{what}: {done} of {pairs.Length}", done % 50 == 0 || done == pairs.Length));

        FaultReport.Print(what, outcomes);
        FaultReport.AssertAllIsWell(outcomes);
    }
}
