using System.Diagnostics;
using Azure.Storage.Queues;
using CitiesOfLearning.DevHost.Settings;
using CitiesOfLearning.DevHost.Storage;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.FunctionsHost.Tests;

/// <summary>Queues as the Functions host's own listener treats them, with Azurite and a worker process.</summary>
public sealed class QueueTests
{
    private const string Queues = "AzureFunctionsJobHost:extensions:queues:";

    [Fact]
    public async Task A_message_arrives_decoded_with_its_count_and_is_deleted()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var texts = await TestQueue.CreateAsync(storage, "notes");
        var orders = await TestQueue.CreateAsync(storage, "orders");
        var bytes = await TestQueue.CreateAsync(storage, "bytes");
        var messages = await TestQueue.CreateAsync(storage, "messages");
        await using var app = await SampleApp.StartAsync(("AzureWebJobsStorage", storage));

        await messages.SendAsync("whole");
        await texts.SendAsync("grüße");
        await orders.SendAsync("""{"amount":3,"what":"knots"}""");
        await bytes.SendAsync(new BinaryData(new byte[] { 0, 255 }));

        await app.NotesAsync("grüße 1 ", 1);
        await app.NotesAsync("3 knots 1 ", 1);
        await app.NotesAsync("00FF 1 ", 1);
        await app.NotesAsync("whole 1 ", 1);
        await texts.UntilEmptyAsync();
        await bytes.UntilEmptyAsync();
    }

    [Fact]
    public async Task Messages_of_a_function_that_the_app_no_longer_has_wait_and_are_not_poisoned()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "notes");
        var poison = await TestQueue.CreateAsync(storage, "notes-poison");
        await using var app = await SampleApp.StartAsync(("AzureWebJobsStorage", storage), (Queues + "maxDequeueCount", "1"));
        await app.Host.Ready;

        app.Lack("note", "tick");
        app.Host.KillWorker();
        await SaidAsync(app, "no longer has the timer function tick"); // so the worker that lacks it is there
        await queue.SendAsync("patient");
        await SaidAsync(app, "The app no longer has the function note, so its messages wait");
        Assert.Empty(app.NotesOf("patient"));
        app.Lack();
        app.Host.KillWorker();

        await app.NotesAsync("patient 1 ", 1);
        await queue.UntilEmptyAsync();
        Assert.Equal(0, await poison.VisibleAsync());
    }

    [Fact]
    public async Task A_message_that_keeps_failing_is_poisoned_after_five_attempts()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "fails");
        await using var app = await SampleApp.StartAsync(("AzureWebJobsStorage", storage));

        await queue.SendAsync("lost cause");

        Assert.Equal("lost cause", await TestQueue.FirstAsync(storage, "fails-poison"));
        await queue.UntilEmptyAsync();
        Assert.Equal(["1", "2", "3", "4", "5"], app.NotesOf("lost cause").Select(n => n.Split(' ')[2]));
        await app.UntilAsync(
            () => app.Log,
            log => log.Any(l => l.Contains("Failed on purpose: lost cause", StringComparison.Ordinal)),
            _ => "The reason is not logged");
    }

    [Fact]
    public async Task A_failed_message_comes_again_after_the_visibility_timeout()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "fails");
        await using var app = await SampleApp.StartAsync(
            ("AzureWebJobsStorage", storage), (Queues + "visibilityTimeout", "00:00:03"), (Queues + "maxDequeueCount", "2"));

        await queue.SendAsync("later");
        await app.NotesAsync("later 1 ", 1);
        var first = Stopwatch.GetTimestamp();
        await app.NotesAsync("later 2 ", 1);

        Assert.InRange(Stopwatch.GetElapsedTime(first), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
        await TestQueue.FirstAsync(storage, "fails-poison");
        Assert.Equal(2, app.NotesOf("later").Length);
    }

    [Fact]
    public async Task A_message_that_is_not_base64_is_poisoned_unseen()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "notes", QueueMessageEncoding.None);
        await using var app = await SampleApp.StartAsync(("AzureWebJobsStorage", storage));

        await queue.SendAsync("not base64!");

        Assert.Equal("not base64!", await TestQueue.FirstAsync(storage, "notes-poison", QueueMessageEncoding.None));
        Assert.Empty(app.NotesOf("not base64"));
    }

    [Fact]
    public async Task Message_encoding_none_takes_text_as_it_is()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "notes", QueueMessageEncoding.None);
        await using var app = await SampleApp.StartAsync(("AzureWebJobsStorage", storage), (Queues + "messageEncoding", "none"));

        await queue.SendAsync("plain");

        await app.NotesAsync("plain 1 ", 1);
    }

    [Fact]
    public async Task No_more_than_a_batch_and_its_threshold_are_in_hand()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "gated");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => queue.SendAsync($"{i}")));
        await using var app = await SampleApp.StartAsync(("AzureWebJobsStorage", storage), (Queues + "batchSize", "4"));

        await app.NotesAsync("start ", 4);
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        var inHand = app.NotesOf("start ").Length;
        app.Open();
        await app.NotesAsync("end ", 40);
        await queue.UntilEmptyAsync();

        Assert.Equal(4, inHand);
        Assert.Equal(40, app.NotesOf("start ").Length);
    }

    [Fact]
    public async Task A_message_that_nobody_has_acknowledged_comes_back_after_the_lease()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "notes");
        await using var app = await SampleApp.StartAsync(
            options => options with { MessageLease = TimeSpan.FromSeconds(3) }, ("AzureWebJobsStorage", storage));
        await app.Host.Ready;

        var gated = await TestQueue.CreateAsync(storage, "gated");
        await gated.SendAsync("leased");
        await app.NotesAsync("start leased 1 ", 1);
        var began = Stopwatch.GetTimestamp();
        await app.UntilAsync(() => app.NotesOf("start leased 2 ").Length, n => n == 1, _ => "The message did not come back");
        app.Open();

        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(30));
        Assert.Equal(0, await queue.VisibleAsync());
    }

    [Fact]
    public async Task A_worker_that_goes_costs_its_message_an_attempt_and_nothing_else()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "gated");
        await using var app = await SampleApp.StartAsync(("AzureWebJobsStorage", storage));
        await queue.SendAsync("in hand");
        await app.NotesAsync("start in hand 1 ", 1);

        app.Host.KillWorker();
        await app.NotesAsync("start in hand 2 ", 1);
        app.Open();

        await app.NotesAsync("end in hand 2 ", 1);
        await queue.UntilEmptyAsync();
        Assert.Empty(app.NotesOf("end in hand 1"));
    }

    [Fact]
    public async Task Messages_wait_until_storage_is_said_to_be_ready()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "notes");
        await queue.SendAsync("early");
        var ready = new TaskCompletionSource();
        await using var app = await SampleApp.StartAsync(
            options => options with { StorageReady = ready.Task }, ("AzureWebJobsStorage", storage));
        await app.UntilAsync(
            () => app.Log, log => log.Any(l => l.Contains("has loaded", StringComparison.Ordinal)), _ => "The worker did not start");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var before = app.NotesOf("early").Length;

        ready.SetResult();

        await app.NotesAsync("early 1 ", 1);
        Assert.Equal(0, before);
    }

    [Fact]
    public async Task A_queue_is_listened_to_again_when_storage_was_away()
    {
        using var ports = PortBlock.FindFree(3);
        var folder = Directory.CreateTempSubdirectory("functions-host-storage-").FullName;
        var (emulator, storage) = (new AzuriteOptions(ports.First, folder), Azurite.ConnectionString(ports.First));
        var azurite = await Azurite.StartAsync(emulator, _ => { }, TestContext.Current.CancellationToken);
        await using (var app = await SampleApp.StartAsync(("AzureWebJobsStorage", storage)))
        {
            await (await TestQueue.CreateAsync(storage, "notes")).SendAsync("before");
            await app.NotesAsync("before 1 ", 1);

            await azurite.DisposeAsync();
            await Task.Delay(
                TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken); // longer than clients try again by themselves
            azurite = await Azurite.StartAsync(emulator, _ => { }, TestContext.Current.CancellationToken);
            await (await TestQueue.CreateAsync(storage, "notes")).SendAsync("after");

            await app.NotesAsync("after 1 ", 1);
            Assert.False(app.Host.Failed.IsCompleted);
        }

        await azurite.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_queue_without_storage_is_told_in_a_sentence()
    {
        await using var app = await SampleApp.StartAsync(("AzureWebJobsStorage", "none"));

        var sentence = await app.Host.Failed.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.StartsWith("The app's queues and timers cannot be listened to: ", sentence);
    }

    private static Task SaidAsync(SampleApp app, string sentence) => app.UntilAsync(
        () => app.Log, log => log.Any(l => l.Contains(sentence, StringComparison.Ordinal)), _ => $"It is not said: {sentence}");
}
