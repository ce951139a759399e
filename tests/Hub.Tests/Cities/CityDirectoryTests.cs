using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CitiesOfLearning.Hub.Tests.Cities;

public sealed class CityDirectoryTests
{
    [Fact]
    public async Task What_another_instance_activated_is_seen_within_the_time_promised()
    {
        var account = await TestStorage.ConnectionStringAsync();
        var (here, there) = (await TestHub.OverAsync(account), await TestHub.OverAsync(account));
        await there.ActivateAsync("brighton", Sample.Files("brighton"));
        Assert.NotNull(await here.FindAsync("brighton"));
        var changed = await there.ActivateAsync("brighton", Sample.Edited("brighton", "city.json", ("Web Makers", "Web Crafters")));

        here.Time.Advance((CityDirectory.Freshness / 2) - TimeSpan.FromSeconds(1));
        var before = await here.FindAsync("brighton");
        here.Time.Advance((CityDirectory.Freshness / 2) + TimeSpan.FromSeconds(1));
        var after = await here.FindAsync("brighton");

        Assert.Equal(Sample.Brighton.Version, before!.Version);
        Assert.Equal(changed.City!.Version, after!.Version);
    }

    [Fact]
    public async Task A_hundred_questions_at_once_cost_one_look()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("brighton", Sample.Files("brighton"));
        hub.Requests.Count = 0;

        var found = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => hub.FindAsync("brighton").AsTask())));

        Assert.All(found, Assert.NotNull);
        Assert.Equal(3, hub.Requests.Count); // the listing, what is active, its archive
    }

    [Fact]
    public async Task An_unchanged_city_is_not_read_again()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("brighton", Sample.Files("brighton"));
        var first = await hub.FindAsync("brighton");
        hub.Requests.Count = 0;
        hub.Time.Advance(CityDirectory.Freshness);

        var second = await hub.FindAsync("brighton");

        Assert.Same(first, second);
        Assert.Equal(1, hub.Requests.Count);
    }

    [Fact]
    public async Task A_question_answered_from_memory_costs_nothing()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("brighton", Sample.Files("brighton"));
        await hub.FindAsync("brighton");
        hub.Requests.Count = 0;
        var found = 0;
        Ask(hub, ref found);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Ask(hub, ref found);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
        Assert.Equal(1001, found);
        Assert.Equal(0, hub.Requests.Count);
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("refusing")]
    public async Task When_storage_is_away_memory_answers_soon_and_to_the_next_at_once(string how)
    {
        var account = await TestStorage.ConnectionStringAsync();
        await (await TestHub.OverAsync(account)).ActivateAsync("brighton", Sample.Files("brighton"));
        using var relay = StorageRelay.To(account);
        var directory = Directory(relay);
        await directory.FindAsync(SampleCity.Brighton, Cancel);
        directory.Forget();
        Break(relay, how);

        var (first, firstTook) = await TimedAsync(() => directory.FindAsync(SampleCity.Brighton, Cancel).AsTask());
        var (second, secondTook) = await TimedAsync(() => directory.AllAsync(Cancel).AsTask());

        Assert.Equal(Sample.Brighton.Version, first!.Version);
        Assert.Equal([SampleCity.Brighton], second.Select(c => c.Id));
        Assert.InRange(firstTook, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(secondTook, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("refusing")]
    public async Task Where_memory_has_nothing_it_is_said_in_time_that_storage_is_away(string how)
    {
        using var relay = StorageRelay.To(await TestStorage.ConnectionStringAsync());
        Break(relay, how);
        var directory = Directory(relay);

        var (error, took) = await TimedAsync(
            async () => await Record.ExceptionAsync(() => directory.FindAsync(SampleCity.Brighton, Cancel).AsTask()));

        Assert.True(error?.IsAbsence(), error?.ToString());
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task A_look_goes_on_when_whoever_asked_has_left()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("brighton", Sample.Files("brighton"));
        using var left = new CancellationTokenSource();
        hub.Requests.Hold();

        var asked = hub.Directory.FindAsync("brighton", left.Token).AsTask();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        hub.Requests.Count = 0;
        hub.Requests.Release();
        var found = await hub.FindAsync("brighton");

        Assert.NotNull(found);
        Assert.InRange(hub.Requests.Count, 0, 3); // the listing, what is active, its archive: once
    }

    [Fact]
    public async Task A_city_that_cannot_be_loaded_is_not_said_to_be_none_and_does_not_hold_up_the_others()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("brighton", Sample.Files("brighton"));
        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));
        await hub.Storage.CityBlobs.GetBlobClient($"plymouth/{Sample.Plymouth.Version}.zip").DeleteAsync(cancellationToken: Cancel);

        Assert.NotNull(await hub.FindAsync("brighton"));
        await Assert.ThrowsAsync<TimeoutException>(async () => await hub.FindAsync("plymouth"));
        Assert.Null(await hub.FindAsync("lund"));
    }

    [Fact]
    public async Task Every_active_city_is_listed_by_id()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));
        await hub.ActivateAsync("brighton", Sample.Files("brighton"));

        var all = await hub.Directory.AllAsync(TestContext.Current.CancellationToken);

        Assert.Equal([SampleCity.Brighton, SampleCity.Plymouth], all.Select(c => c.Id));
    }

    /// <summary>Whoever has just set up a hub would wait half a minute for nothing.</summary>
    [Fact]
    public async Task That_there_is_no_city_is_not_remembered()
    {
        var account = await TestStorage.ConnectionStringAsync();
        var (here, there) = (await TestHub.OverAsync(account), await TestHub.OverAsync(account));
        await there.Storage.CreateAsync(Cancel);
        Assert.Empty(await here.Directory.AllAsync(Cancel));
        Assert.Null(await here.Directory.FindAsync("brighton", Cancel));

        await there.ActivateAsync("brighton", Sample.Files("brighton"));

        Assert.NotNull(await here.Directory.FindAsync("brighton", Cancel));
        Assert.Single(await here.Directory.AllAsync(Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The SDK as it is, on the real clock.
    private static CityDirectory Directory(StorageRelay relay)
    {
        var account = relay.ConnectionString;
        var storage = new HubStorage(new TableServiceClient(account), new BlobServiceClient(account), new QueueServiceClient(account));
        return new CityDirectory(storage, Sample.Parser, TimeProvider.System, NullLogger<CityDirectory>.Instance);
    }

    private static void Break(StorageRelay relay, string how)
    {
        if (how == "silent")
        {
            relay.FallSilent();
        }
        else
        {
            relay.Refuse();
        }
    }

    private static async Task<(T Answer, TimeSpan Took)> TimedAsync<T>(Func<Task<T>> ask)
    {
        var began = TimeProvider.System.GetTimestamp();
        return (await ask(), TimeProvider.System.GetElapsedTime(began));
    }

    private static void Ask(TestHub hub, ref int found)
    {
        var answer = hub.FindAsync("brighton");
        if (answer is { IsCompletedSuccessfully: true, Result: not null })
        {
            found++;
        }
    }
}
