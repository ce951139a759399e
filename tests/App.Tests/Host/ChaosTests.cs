using System.Collections.Concurrent;
using CitiesOfLearning.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.App.Tests.Host;

public sealed class ChaosTests
{
    [Fact]
    public async Task Every_message_takes_effect_at_least_twice_some_late_and_none_is_poisoned()
    {
        const int Messages = 60;
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "healthy");
        var poison = await TestQueue.CreateAsync(storage, "healthy-poison");
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => queue.SendAsync($"{i}")));

        await using var host = await StartAsync(storage, typeof(Healthy));
        await queue.UntilEmptyAsync();

        var effects = host.Notes.All.CountBy(note => note).ToDictionary();
        Assert.Equal(Messages, effects.Count);
        Assert.All(effects.Values, count => Assert.InRange(count, 2, 3));
        Assert.Contains(Gaps(host.Notes.All), gap => gap > Messages / 2);
        Assert.Equal(0, await poison.VisibleAsync());
    }

    [Fact]
    public async Task A_message_that_succeeds_at_its_last_attempt_is_not_poisoned()
    {
        const int Messages = 20;
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "unlucky");
        var poison = await TestQueue.CreateAsync(storage, "unlucky-poison");
        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => queue.SendAsync($"{i}")));

        await using var host = await StartAsync(storage, typeof(Unlucky));
        await queue.UntilEmptyAsync();

        Assert.Equal(Messages, host.Notes.All.Where(note => note.EndsWith("done", StringComparison.Ordinal)).Distinct().Count());
        Assert.Equal(0, await poison.VisibleAsync());
    }

    /// <summary>How many other effects lie between a message's first effect and its last.</summary>
    private static IEnumerable<int> Gaps(string[] notes)
    {
        return notes.Distinct().Select(note => Array.LastIndexOf(notes, note) - Array.IndexOf(notes, note));
    }

    private static Task<TestHost> StartAsync(string storage, Type functions)
    {
        return TestHost.StartAsync(
            [functions], builder => builder.Services.AddSingleton<Attempts>(), $"--AzureWebJobsStorage={storage}", "--Local:Chaos=true");
    }

    public sealed class Healthy(Notes notes)
    {
        [Function("healthy")]
        public void Run([QueueTrigger("healthy")] string message)
        {
            notes.Add(message);
        }
    }

    /// <summary>Succeeds once, which is when chaos strikes, then fails as often as a healthy message may.</summary>
    public sealed class Unlucky(Notes notes, Attempts attempts)
    {
        [Function("unlucky")]
        public void Run([QueueTrigger("unlucky")] string message)
        {
            if (attempts.Next(message) is > 1 and < 6)
            {
                throw new InvalidOperationException("Not this time.");
            }

            notes.Add($"{message} done");
        }
    }

    public sealed class Attempts
    {
        private readonly ConcurrentDictionary<string, int> counts = new();

        public int Next(string message)
        {
            return counts.AddOrUpdate(message, 1, (_, before) => before + 1);
        }
    }
}
