namespace CitiesOfLearning.Hub.Tests.Faults;

/// <summary>Whichever request to storage goes wrong on a badge's way from hook to mail, and however: one badge, one message.</summary>
public sealed class SingleFaultTests
{
    [Fact]
    public async Task Whatever_befalls_one_request_one_badge_and_one_message_come_of_it()
    {
        await using var run = await FaultRun.StartAsync(lanes: 16);
        var calls = await run.CallsAsync();
        var cases = Enumerable.Range(1, calls.Count)
            .SelectMany(call => Enum.GetValues<FaultKind>().Select(kind => new[] { new InjectedFault(call, kind) }))
            .ToList();

        var outcomes = await run.RunAsync(cases, _ => { });

        FaultReport.Print($"{calls.Count} requests from hook to mail", outcomes);
        FaultReport.AssertAllIsWell(outcomes);
        Assert.All(outcomes, o =>
        {
            var met = o.Outcome.Calls[o.Faults[0].Call - 1];
            var meant = calls[o.Faults[0].Call - 1];
            Assert.Equal((meant.Kind, meant.Place), (met.Kind, met.Place));
        });
    }
}
