namespace CitiesOfLearning.Hub.Tests.Faults;

internal static class FaultReport
{
    /// <summary>At once, for whoever waits: what a test writes is shown when it is over.</summary>
    public static void Progress(string line, bool isWorthSaying)
    {
        if (isWorthSaying)
        {
            Console.Error.WriteLine(line);
        }
    }

    /// <summary>How many faults were survived, by kind, and where a message came twice.</summary>
    public static void Print(string what, IReadOnlyCollection<(InjectedFault[] Faults, FaultOutcome Outcome)> outcomes)
    {
        var output = TestContext.Current.TestOutputHelper!;
        var met = outcomes.Count(o => o.Outcome.Met.Count == o.Faults.Length);
        output.WriteLine($"{what}: {outcomes.Count(o => o.Outcome.Problem is null)} of {outcomes.Count} survived; {met} met every fault");
        foreach (var kind in outcomes
            .GroupBy(o => string.Join(", then ", o.Faults.Select(f => f.Kind)))
            .OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{kind.Key}: {kind.Count(o => o.Outcome.Problem is null)} of {kind.Count()}");
        }

        var copies = outcomes.Where(o => o.Outcome.Copies > 1).ToList();
        output.WriteLine($"The message came again with the same id, because the worker died before it could record it: {copies.Count}");
        foreach (var copy in copies.Take(10))
        {
            output.WriteLine($"  {string.Join(", then ", copy.Outcome.Met)}");
        }
    }

    public static void AssertAllIsWell(IReadOnlyCollection<(InjectedFault[] Faults, FaultOutcome Outcome)> outcomes)
    {
        var wrong = outcomes
            .Where(o => o.Outcome.Problem is not null)
            .Select(o => $"{string.Join(", then ", o.Faults)}, met {string.Join(", then ", o.Outcome.Met)}: {o.Outcome.Problem}")
            .ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} did not survive:\n{string.Join('\n', wrong)}");
    }
}
