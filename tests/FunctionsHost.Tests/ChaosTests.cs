using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.FunctionsHost.Tests;

public sealed class ChaosTests
{
    [Fact]
    public async Task Every_message_takes_effect_at_least_twice_workers_are_killed_and_nothing_is_poisoned()
    {
        const int Messages = 300;
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "notes");
        var poison = await TestQueue.CreateAsync(storage, "notes-poison");
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => queue.SendAsync($"message-{i:000}")));

        await using var app = await SampleApp.StartAsync(
            options => options with { Chaos = true },
            ("AzureWebJobsStorage", storage),
            ("AzureFunctionsJobHost:extensions:queues:visibilityTimeout", "00:00:01"));
        await queue.UntilEmptyAsync();

        var effects = app.NotesOf("message-").CountBy(note => note.Split(' ')[0]).ToDictionary();
        Assert.Equal(Messages, effects.Count);
        Assert.All(effects.Values, count => Assert.InRange(count, 2, 20));
        Assert.Contains(effects.Values, count => count == 3);
        Assert.Contains(app.Log, line => line.Contains("Chaos had this run end", StringComparison.Ordinal));
        Assert.True(app.NotesOf("message-").Select(n => n.Split(' ')[^1]).Distinct().Count() > 1, "No worker was killed.");
        Assert.Equal(0, await poison.VisibleAsync());
    }
}
