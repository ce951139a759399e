using System.Diagnostics;
using Azure.Storage.Queues;
using CitiesOfLearning.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Tests.Host;

public sealed class QueueTests
{
    [Fact]
    public async Task A_message_arrives_decoded_and_is_deleted()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var texts = await TestQueue.CreateAsync(storage, "texts");
        var bytes = await TestQueue.CreateAsync(storage, "bytes");
        await using var host = await StartAsync(storage, typeof(Takes));

        await texts.SendAsync("grüße");
        await bytes.SendAsync(new BinaryData(new byte[] { 0, 255 }));

        await host.Notes.UntilAsync(2);
        await texts.UntilEmptyAsync();
        await bytes.UntilEmptyAsync();
        Assert.Equal(["bytes 00FF", "text grüße"], host.Notes.All.Order());
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_is_created()
    {
        var storage = await TestStorage.ConnectionStringAsync();

        await using var host = await StartAsync(storage, typeof(Takes));

        await TestQueue.UntilExistsAsync(storage, "texts");
        await TestQueue.UntilExistsAsync(storage, "bytes");
    }

    [Fact]
    public async Task A_message_that_keeps_failing_is_poisoned_after_five_attempts()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "fails");
        await using var host = await StartAsync(storage, typeof(Fails));

        await queue.SendAsync("lost cause");

        Assert.Equal("lost cause", await TestQueue.FirstAsync(storage, "fails-poison"));
        await queue.UntilEmptyAsync();
        Assert.Equal(5, host.Notes.All.Length);
    }

    [Fact]
    public async Task A_failed_message_comes_again_after_the_visibility_timeout_of_host_json()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "fails");
        await using var host = await StartAsync(
            storage,
            typeof(Fails),
            "--AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:02",
            "--AzureFunctionsJobHost:extensions:queues:maxDequeueCount=2");

        await queue.SendAsync("later");
        await host.Notes.UntilAsync(1);
        var first = Stopwatch.GetTimestamp();
        await host.Notes.UntilAsync(2);

        Assert.InRange(Stopwatch.GetElapsedTime(first), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(15));
        await TestQueue.FirstAsync(storage, "fails-poison");
        Assert.Equal(2, host.Notes.All.Length);
    }

    [Fact]
    public async Task A_message_that_is_not_base64_is_poisoned_unseen()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "texts", QueueMessageEncoding.None);
        await using var host = await StartAsync(storage, typeof(Takes));

        await queue.SendAsync("not base64!");

        Assert.Equal("not base64!", await TestQueue.FirstAsync(storage, "texts-poison", QueueMessageEncoding.None));
        Assert.Empty(host.Notes.All);
    }

    [Fact]
    public async Task Message_encoding_none_takes_text_as_it_is()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "texts", QueueMessageEncoding.None);
        await using var host = await StartAsync(
            storage, typeof(Takes), "--AzureFunctionsJobHost:extensions:queues:messageEncoding=none");

        await queue.SendAsync("plain");

        await host.Notes.UntilAsync(1);
        Assert.Equal(["text plain"], host.Notes.All);
    }

    [Theory]
    [InlineData(16, 24)]
    [InlineData(2, 3)]
    public async Task A_batch_is_fetched_when_half_of_one_is_in_hand(int batchSize, int most)
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "gated");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => queue.SendAsync($"{i}")));
        await using var host = await GatedFunction.StartAsync(
            storage, $"--AzureFunctionsJobHost:extensions:queues:batchSize={batchSize}");
        var gate = host.Get<Gate>();

        await host.Notes.UntilAsync(batchSize);
        gate.Open(batchSize / 2);
        await host.Notes.UntilAsync(2 * batchSize);
        gate.Open(40);
        await host.Notes.UntilAsync(40);
        await queue.UntilEmptyAsync();

        Assert.Equal(most, gate.MostAtOnce);
    }

    [Fact]
    public async Task A_function_that_outlasts_the_lease_keeps_its_message()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "gated");
        await using var host = await GatedFunction.StartAsync(storage, "--Local:MessageLease=00:00:02");

        await queue.SendAsync("long");
        await host.Notes.UntilAsync(1);
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        host.Get<Gate>().Open(10);

        await queue.UntilEmptyAsync();
        Assert.Equal(["long"], host.Notes.All);
    }

    [Fact]
    public async Task Connection_names_the_setting_with_the_connection_string()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var other = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(other, "elsewhere");
        await using var host = await StartAsync(storage, typeof(Elsewhere), $"--OtherStorage={other}");

        await queue.SendAsync("over there");

        await host.Notes.UntilAsync(1);
        Assert.Equal(["over there"], host.Notes.All);
    }

    private static Task<TestHost> StartAsync(string storage, Type functions, params string[] settings)
    {
        return TestHost.StartAsync([functions], _ => { }, [$"--AzureWebJobsStorage={storage}", .. settings]);
    }

    public sealed class Takes(Notes notes)
    {
        [Function("text")]
        public void Text([QueueTrigger("texts")] string message)
        {
            notes.Add($"text {message}");
        }

        [Function("bytes")]
        public async Task Bytes([QueueTrigger("bytes")] BinaryData message)
        {
            await Task.Yield();
            notes.Add($"bytes {Convert.ToHexString(message)}");
        }
    }

    public sealed class Fails(Notes notes)
    {
        [Function("fails")]
        public async Task Run([QueueTrigger("fails")] string message)
        {
            await Task.Yield();
            notes.Add(message);
            throw new InvalidOperationException("It always fails.");
        }
    }

    public sealed class Elsewhere(Notes notes)
    {
        [Function("elsewhere")]
        public void Run([QueueTrigger("elsewhere", Connection = "OtherStorage")] string message)
        {
            notes.Add(message);
        }
    }
}
