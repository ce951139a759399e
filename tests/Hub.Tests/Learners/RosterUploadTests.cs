using System.Text;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Tests.Awards;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Tests.Journeys;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Learners;

/// <summary>A roster is a word about people, kept where people are kept, and never part of a city's version.</summary>
public sealed class RosterUploadTests : IAsyncLifetime
{
    private HubUnderTest _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await HubUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task It_says_what_was_new_changed_and_unchanged_and_again_changes_nothing()
    {
        string[] people = ["7,ada@example.org,Ada Example,en", "8,gethin@example.org,Gethin Example,cy", "9,,Morwenna Example,"];
        var first = await _hub.EnrolAsync("moodle", people);
        var again = await _hub.EnrolAsync("moodle", people);
        _hub.Time.Advance(TimeSpan.FromHours(1));
        var changed = await _hub.EnrolAsync("moodle", [.. people[..2], "9,morwenna@example.org,Morwenna Example,cy", "10,,Cai,"]);

        Assert.Equal((3, 0, 0), (first.New, first.Changed, first.Unchanged));
        Assert.Equal((0, 0, 3), (again.New, again.Changed, again.Unchanged));
        Assert.Equal((1, 1, 2), (changed.New, changed.Changed, changed.Unchanged));
        Assert.All([first, again, changed], r => Assert.Empty(r.Refused));
        await FromMoodleAsync(9);
        Assert.Equal(("morwenna@example.org", "cy"), await AtAsync("Morwenna Example"));
    }

    [Fact]
    public async Task Of_two_uploads_at_once_none_is_lost()
    {
        var people = Enumerable.Range(0, 150).Select(i => $"{i},,Learner {i},").ToArray();

        await Task.WhenAll(_hub.EnrolAsync("moodle", people), _hub.EnrolAsync("moodle", [.. people.Reverse()]), FromMoodleAsync(7));

        Assert.Equal(150, (await _hub.EnrolAsync("moodle", people)).Unchanged);
        await FromMoodleAsync(7);
        Assert.Equal("Learner 7", Assert.Single(await LearnersAsync()).Name);
    }

    [Fact]
    public async Task Good_lines_are_taken_and_the_others_named()
    {
        var receipt = await _hub.EnrolAsync("moodle", "7,ada@example.org,Ada,en", "8,gethin at example,Gethin,cy", "9,,Morwenna,");

        Assert.Equal(2, receipt.New);
        Assert.Equal((3, "Roster.address"), (Assert.Single(receipt.Refused).Number, receipt.Refused[0].Reason.Key));
        await FromMoodleAsync(9);
        await FromMoodleAsync(8);
        Assert.Equal([DeliveryOutcome.Awarded, DeliveryOutcome.Waiting], await OutcomesAsync());
    }

    [Fact]
    public async Task Brothers_and_sisters_in_a_roster_are_told_apart()
    {
        await _hub.EnrolAsync("moodle", "1,family@example.org,Tom,", "2,family@example.org,Nia,", "3,family@example.org,,");
        foreach (var child in new[] { 1, 2, 3, 2 })
        {
            await FromMoodleAsync(child);
        }

        Assert.Equal(3, (await LearnersAsync()).Count);
        Assert.Equal(3, _hub.Mail.Box.List().Count(m => m.To == "family@example.org"));
    }

    [Fact]
    public async Task A_later_word_of_the_sender_counts_more_than_an_older_roster()
    {
        var before = _hub.Time.GetUtcNow();
        await _hub.EnrolAsync("hub", "7,ada@example.org,Old Name,en");
        _hub.Time.Advance(TimeSpan.FromHours(1));
        await _hub.DeliverAsync(new System.Text.Json.Nodes.JsonObject { ["id"] = "7", ["name"] = "New Name" });
        await _hub.PumpAsync();

        var city = (await _hub.Get<CityDirectory>().FindAsync(SampleCity.Plymouth, Cancel))!;
        var file = "account,address,name,language\n7,ada@example.org,Old Name,en"u8.ToArray();
        var older = await _hub.Get<RosterUpload>().TakeAsync(city, city.Sources["hub"], file, before, Cancel);
        Assert.Equal((1, "New Name"), (older.Unchanged, Assert.Single(await LearnersAsync()).Name));

        var newer = await _hub.Get<RosterUpload>().TakeAsync(city, city.Sources["hub"], file, _hub.Time.GetUtcNow().AddMinutes(1), Cancel);
        Assert.Equal((1, "Old Name"), (newer.Changed, Assert.Single(await LearnersAsync()).Name));
    }

    [Fact]
    public async Task A_changed_address_moves_the_mail_at_once()
    {
        await _hub.EnrolAsync("moodle", "7,school@example.org,Ada,en");
        await FromMoodleAsync(7);
        var token = _hub.TokenFor("school@example.org");
        _hub.Time.Advance(TimeSpan.FromHours(1));

        await _hub.EnrolAsync("moodle", "7,home@example.org,Ada,en");

        var claims = _hub.Get<Hub.Claims.ClaimService>();
        Assert.IsType<Hub.Claims.ClaimResult.Wrong>(await claims.ClaimByLinkAsync(token, "school@example.org", Cancel));
        Assert.IsType<Hub.Claims.ClaimResult.Claimed>(await claims.ClaimByLinkAsync(token, "home@example.org", Cancel));
    }

    [Fact]
    public async Task Nothing_of_it_is_readable_in_storage_or_part_of_a_city()
    {
        var folder = Directory.CreateTempSubdirectory("hub-cities-").FullName;
        foreach (var (path, bytes) in Sample.Files("plymouth").ByPath.Append(
            new("rosters/moodle.csv", "account,address,name,language\n7,zebedee@example.org,Zebedee Quill,en\n,,,\n8,x,,\n"u8.ToArray())))
        {
            var file = Path.Combine(folder, "plymouth", path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, bytes, Cancel);
        }

        await using var output = new StringWriter { NewLine = "\n" };
        Assert.True(await CityFolder.LoadAsync(folder, _hub.Get<CityStore>(), _hub.Get<RosterUpload>(), output, Cancel));
        await using var without = new StringWriter { NewLine = "\n" };
        Assert.True(await CityFolder.LoadAsync(folder, _hub.Get<CityStore>(), null, without, Cancel));
        Directory.Delete(folder, recursive: true);

        Assert.Equal(
            """
            Loaded Plymouth (3 badges, 3 sources)
            plymouth/rosters/moodle.csv: 1 new, 0 changed, 0 unchanged, 1 refused
              Line 4: The address is not an email address: correct it, or leave it empty if there is none.

            """,
            output.ToString());
        Assert.Contains("Left out: plymouth/rosters/moodle.csv. A roster holds people", without.ToString());
        Assert.Equal(Sample.Plymouth.Version, (await _hub.Get<CityDirectory>().FindAsync(SampleCity.Plymouth, Cancel))!.Version);
        Assert.Empty((await Everything.InAsync(_hub.Account)).Where(t => t.Holds("zebedee") || t.Holds("quill")).Select(t => t.Place));
        await foreach (var blob in _hub.Storage.CityBlobs.GetBlobsAsync(cancellationToken: Cancel))
        {
            if (blob.Name.EndsWith(".zip", StringComparison.Ordinal))
            {
                await using var zip = await System.IO.Compression.ZipFile.OpenReadAsync(await DownloadAsync(blob.Name), Cancel);
                Assert.DoesNotContain(zip.Entries, e => e.FullName.Contains("roster", StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    [Fact]
    public async Task A_large_roster_is_written_a_hundred_people_at_a_time()
    {
        var people = Enumerable.Range(0, 5000).Select(i => $"{i},learner{i}@example.org,Learner {i},").ToArray();

        var calls = _hub.Faults.Count;
        Assert.Equal(5000, (await _hub.EnrolAsync("moodle", people)).New);
        Assert.InRange(_hub.Faults.Count - calls, 50, 60);
        Assert.Equal(5000, (await _hub.EnrolAsync("moodle", people)).Unchanged);
    }

    private async Task<string> DownloadAsync(string blob)
    {
        var file = Path.GetTempFileName();
        await _hub.Storage.CityBlobs.GetBlobClient(blob).DownloadToAsync(file, Cancel);
        return file;
    }

    private async Task FromMoodleAsync(int account)
    {
        _hub.Time.Advance(TimeSpan.FromSeconds(1));
        await _hub.DeliverFromMoodleAsync(account);
        await _hub.PumpAsync();
    }

    private async Task<IEnumerable<DeliveryOutcome>> OutcomesAsync() =>
        (await _hub.Get<DeliveryTable>().ListAsync(SampleCity.Plymouth, 100, null, Cancel)).Deliveries.Reverse().Select(d => d.Outcome);

    private async Task<(string? Address, string Language)> AtAsync(string name) =>
        Assert.Single(await LearnersAsync(), l => l.Name == name) is var learner ? (learner.Address, learner.Language) : default;

    private async Task<IReadOnlyList<Learner>> LearnersAsync()
    {
        var ids = await _hub.Storage.Learners
            .QueryAsync<Azure.Data.Tables.TableEntity>("RowKey eq 'person'", cancellationToken: Cancel)
            .Select(r => r.PartitionKey)
            .ToListAsync(Cancel);
        return [.. (await Task.WhenAll(ids.Select(id => _hub.Get<LearnerTable>().FindAsync(id, Cancel))))!];
    }
}
