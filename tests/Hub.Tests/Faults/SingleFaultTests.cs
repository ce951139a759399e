namespace CitiesOfLearning.Hub.Tests.Faults;

/// <summary>Whichever request to storage goes wrong on a badge's way from hook to mail, and however: one badge, one message.</summary>
public sealed class SingleFaultTests
{
    [Fact]
    public async Task Whatever_befalls_one_request_one_badge_and_one_message_come_of_it()
    {
        await using var run = await FaultRun.StartAsync(lanes: 16);
        var calls = await run.CallsAsync();
        var cases = Enumerable.Range(1, calls)
            .SelectMany(call => Enum.GetValues<FaultKind>().Select(kind => new[] { new InjectedFault(call, kind) }))
            .ToList();

        var outcomes = await run.RunAsync(cases, _ => { });

        FaultReport.Print($"{calls} requests from hook to mail", outcomes);
        Assert.All(outcomes, o => Assert.True(o.Outcome.Met.Count == 1, $"{o.Faults[0]} was not met"));
        FaultReport.AssertAllIsWell(outcomes);
    }
}
