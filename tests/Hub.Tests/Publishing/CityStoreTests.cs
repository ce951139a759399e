using System.Text;
using System.Text.Json;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Senders;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Tests.Storage;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Publishing;

public sealed class CityStoreTests
{
    private const string Badge = "badges/python-beginner.json";

    [Fact]
    public async Task An_activated_city_is_found_at_once_and_whole()
    {
        var hub = await TestHub.StartAsync();
        Assert.Null(await hub.FindAsync("plymouth"));

        var activated = await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));

        var found = await hub.FindAsync("plymouth");
        Assert.Equal(activated.City!.Version, found!.Version);
        Assert.Equal(Sample.Plymouth.Badges["python-beginner"].Art.Png.Bytes, found.Badges["python-beginner"].Art.Png.Bytes);
    }

    [Fact]
    public async Task A_start_at_which_nothing_has_changed_costs_three_requests_a_city_and_no_exception()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));
        hub.Requests.Count = 0;

        var thrown = await ThrownExceptions.InAsync(() => hub.ActivateAsync("plymouth", Sample.Files("plymouth")));

        Assert.Empty(thrown);
        Assert.Equal(3, hub.Requests.Count); // what is active, what is published, whether its archive is there
    }

    [Fact]
    public async Task What_was_lost_since_comes_back_with_the_next_activation()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));
        await hub.Storage.PublicBlobs.DeleteBlobAsync(
            "cities/plymouth/badges/python-beginner/v1.cy.json", cancellationToken: TestContext.Current.CancellationToken);
        await hub.Storage.PublicBlobs.DeleteBlobAsync(
            "cities/plymouth/badges/python-beginner/v1.png", cancellationToken: TestContext.Current.CancellationToken);
        await hub.Storage.CityBlobs.DeleteBlobAsync(
            $"plymouth/{Sample.Plymouth.Version}.zip", cancellationToken: TestContext.Current.CancellationToken);

        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));

        Assert.NotNull(await hub.FindAsync("plymouth"));
        Assert.NotNull(
            await hub.Badges.DocumentAsync(SampleCity.Plymouth, "python-beginner", 1, "cy", TestContext.Current.CancellationToken));
        Assert.NotNull(
            await hub.Badges.ImageAsync(SampleCity.Plymouth, "python-beginner", 1, "png", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_definition_with_an_error_changes_nothing()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));

        var refused = await hub.ActivateAsync("plymouth", Sample.Edited("plymouth", "city.json", ("\"sender\"", "\"from\"")));

        Assert.Null(refused.City);
        Assert.Equal(Sample.Plymouth.Version, (await hub.FindAsync("plymouth"))!.Version);
    }

    [Theory]
    [InlineData(Badge, "mends small programs", "repairs small programs")]
    [InlineData(Badge, "rhaglenni bach", "rhaglenni byr")]
    [InlineData(Badge, "{ \"en\": \"programming\", \"cy\": \"rhaglennu\" },", "")]
    [InlineData(Badge, "\"rhaglennu\"", "\"codio\"")]
    [InlineData("spine.json", "\"Digital making\"", "\"Making with computers\"")]
    [InlineData("badges/python-beginner.svg", "#0f766e", "#0f766f")]
    public async Task A_badge_that_reads_differently_needs_a_new_version(string file, string from, string to)
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));

        var refused = await hub.ActivateAsync("plymouth", Sample.Edited("plymouth", file, (from, to)));

        Assert.Contains(
            "badges/python-beginner.json: $.version: \"python-beginner\" is published as version 1 and has changed; raise \"version\" to 2",
            refused.Errors.Select(e => e.ToString()));
    }

    [Fact]
    public async Task Who_may_award_a_badge_may_change_without_a_new_version()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));

        var activated = await hub.ActivateAsync("plymouth", Sample.Edited("plymouth", Badge, ("2025-09-01", "2026-09-01")));

        Assert.Empty(activated.Errors);
        Assert.Equal(new DateOnly(2026, 9, 1), (await hub.FindAsync("plymouth"))!.Badges["python-beginner"].Awarders[0].From);
    }

    [Fact]
    public async Task A_badge_that_may_have_been_awarded_stays()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));
        var without = Sample.Files("plymouth").ByPath
            .Where(f => !f.Key.Contains("python-beginner", StringComparison.Ordinal) && !f.Key.Contains("moodle", StringComparison.Ordinal))
            .ToDictionary();

        var refused = await hub.ActivateAsync("plymouth", new CityFiles(without));

        Assert.Equal(
            "badges/python-beginner.json: is missing: \"python-beginner\" is published and may have been awarded; keep the file, and " +
            "give its awarders an \"until\" to end it",
            Assert.Single(refused.Errors).ToString());
        Assert.Equal(Sample.Plymouth.Version, (await hub.FindAsync("plymouth"))!.Version);
    }

    [Fact]
    public async Task A_provider_that_may_have_awarded_badges_stays()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync(
            "plymouth",
            Sample.Edited(
                "plymouth",
                "city.json",
                ("\"plymouth-libraries\": {", "\"harbour\": { \"name\": { \"en\": \"Harbour\", \"cy\": \"Harbwr\" } }, " +
                "\"plymouth-libraries\": {")));

        var refused = await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));

        Assert.Equal(
            "city.json: $.providers: \"harbour\" is missing and may have awarded badges; keep it, and end its part with \"until\" where " +
            "badges name it as awarder",
            Assert.Single(refused.Errors).ToString());
        Assert.Contains("harbour", (await hub.FindAsync("plymouth"))!.Providers.Keys);
    }

    [Fact]
    public async Task A_new_version_is_published_beside_the_old_one()
    {
        var hub = await TestHub.StartAsync();
        await hub.ActivateAsync("plymouth", Sample.Files("plymouth"));
        var before = await PublishedAsync(hub, 1);

        await hub.ActivateAsync(
            "plymouth", Sample.Edited("plymouth", Badge, ("\"version\": 1", "\"version\": 2"), ("mends small", "repairs small")));

        Assert.Equal(before, await PublishedAsync(hub, 1));
        Assert.Contains("repairs small", await PublishedAsync(hub, 2), StringComparison.Ordinal);
        Assert.NotNull(
            await hub.Badges.ImageAsync(SampleCity.Plymouth, "python-beginner", 2, "png", TestContext.Current.CancellationToken));
        Assert.NotNull(
            await hub.Badges.ImageAsync(SampleCity.Plymouth, "python-beginner", 2, "svg", TestContext.Current.CancellationToken));
        Assert.NotNull(
            await hub.Badges.DocumentAsync(SampleCity.Plymouth, "python-beginner", 2, "cy", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_meanings_of_one_version_at_once_leave_one_and_tell_the_other()
    {
        var hub = await TestHub.StartAsync();
        string[] words = ["repairs", "fixes", "corrects", "heals"];

        var results = await Task.WhenAll(
            words.Select(word => hub.ActivateAsync("plymouth", Sample.Edited("plymouth", Badge, ("mends", word)))));

        var published = await PublishedAsync(hub, 1);
        var winners = results.Where(r => r.City is not null).ToList();
        Assert.Single(words, word => published.Contains(word, StringComparison.Ordinal));
        Assert.All(
            winners, w => Assert.Contains(w.City!.Badges["python-beginner"].Description.In("en"), published, StringComparison.Ordinal));
        Assert.All(results.Except(winners), r => Assert.NotEmpty(r.Errors));
        Assert.Equal(winners.Select(w => w.City!.Version).Single(), (await hub.FindAsync("plymouth"))!.Version);
    }

    [Fact]
    public async Task The_same_definition_many_times_at_once_is_one_activation()
    {
        var hub = await TestHub.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => hub.ActivateAsync("plymouth", Sample.Files("plymouth"))));

        Assert.All(results, r => Assert.Empty(r.Errors));
        Assert.Equal(Sample.Plymouth.Version, (await hub.FindAsync("plymouth"))!.Version);
    }

    [Fact]
    public async Task A_hub_that_moves_publishes_the_same_badges_at_its_new_address()
    {
        var account = await TestStorage.ConnectionStringAsync();
        await (await TestHub.OverAsync(account, "http://localhost:7071")).ActivateAsync("plymouth", Sample.Files("plymouth"));
        var moved = await TestHub.OverAsync(account, "https://badges.example");

        var activated = await moved.ActivateAsync("plymouth", Sample.Files("plymouth"));

        Assert.Empty(activated.Errors);
        var id = JsonDocument.Parse(await PublishedAsync(moved, 1)).RootElement.GetProperty("id").GetString();
        Assert.Equal("https://badges.example/cities/plymouth/badges/python-beginner/v1", id);
    }

    [Fact]
    public async Task A_folder_with_a_bad_city_loads_the_others_and_keeps_the_earlier_version_of_the_bad_one()
    {
        var hub = await TestHub.StartAsync();
        var folder = Directory.CreateTempSubdirectory("hub-cities-").FullName;
        Write(folder, "brighton", Sample.Files("brighton"));
        Write(folder, "plymouth", Sample.Files("plymouth"));
        var first = new StringWriter { NewLine = "\n" };
        await CityFolder.LoadAsync(folder, hub.Store, null, first, TestContext.Current.CancellationToken);
        Write(folder, "plymouth", Sample.Edited("plymouth", "sources/hub.json", ("standard-webhooks", "standard")));
        var second = new StringWriter { NewLine = "\n" };

        var all = await CityFolder.LoadAsync(folder, hub.Store, null, second, TestContext.Current.CancellationToken);

        Assert.False(all);
        Assert.Equal("Loaded Brighton (3 badges, 3 sources)\nLoaded Plymouth (3 badges, 3 sources)\n", first.ToString());
        var known = string.Join(", ", SourceProfiles.Ids.Order());
        Assert.Equal(
            $"""
            Loaded Brighton (3 badges, 3 sources)
            Not loaded: plymouth. Mend these, then try again; an earlier version stays in use.
              plymouth/sources/hub.json: $.profile: the hub has no profile "standard"; it has: {known}

            """,
            second.ToString());
        Assert.Equal(Sample.Plymouth.Version, (await hub.FindAsync("plymouth"))!.Version);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> PublishedAsync(TestHub hub, int version) => Encoding.UTF8.GetString(
        (await hub.Badges.DocumentAsync(
            SampleCity.Plymouth, "python-beginner", version, null, TestContext.Current.CancellationToken))!.Body.Span);

    private static void Write(string folder, string city, CityFiles files)
    {
        foreach (var (path, bytes) in files.ByPath)
        {
            var file = Path.Combine(folder, city, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }
}
