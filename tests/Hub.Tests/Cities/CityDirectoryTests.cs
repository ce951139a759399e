using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Tests.Support;

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

        here.Time.Advance(CityDirectory.Freshness - TimeSpan.FromSeconds(1));
        var before = await here.FindAsync("brighton");
        here.Time.Advance(TimeSpan.FromSeconds(1));
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

    [Fact]
    public async Task When_storage_is_away_memory_answers()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("brighton", Sample.Files("brighton"));
        await hub.FindAsync("brighton");
        hub.Time.Advance(CityDirectory.Freshness);
        hub.Requests.Unreachable = true;

        Assert.NotNull(await hub.FindAsync("brighton"));
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

    private static void Ask(TestHub hub, ref int found)
    {
        var answer = hub.FindAsync("brighton");
        if (answer is { IsCompletedSuccessfully: true, Result: not null })
        {
            found++;
        }
    }
}
