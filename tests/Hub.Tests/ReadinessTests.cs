using System.Net;
using System.Net.Sockets;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.DevHost.Storage;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.LocalKeys;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CitiesOfLearning.Hub.Tests;

public sealed class ReadinessTests : IDisposable
{
    private static readonly IOptions<HubOptions> All = Options.Create(new HubOptions());
    private static readonly IOptions<HubOptions> Verification = Options.Create(new HubOptions { VerifiesOnly = true });

    private readonly string _data = Directory.CreateTempSubdirectory("readiness-tests-").FullName;
    private readonly LocalSigner _signer;

    public ReadinessTests() => _signer = new LocalSigner(
        new ConfigurationBuilder().AddInMemoryCollection([new("Local:DataFolder", _data)]).Build(), TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Every_part_of_storage_that_is_missing_is_named()
    {
        var hub = await StartAsync("plymouth");
        _signer.Prepare(SampleCity.Plymouth);
        await hub.Storage.Claims.DeleteAsync(Cancel);
        await hub.Storage.InboxBlobs.DeleteAsync(cancellationToken: Cancel);
        await hub.Storage.MailMessages.DeleteAsync(Cancel);

        Assert.Equal(["table Claims", "container inbox", "queue mail"], await Over(hub).FailingAsync(Cancel));
    }

    [Fact]
    public async Task Where_badges_are_only_verified_it_is_ready_when_it_can_read_what_that_takes_and_lists_nothing_else()
    {
        var hub = await StartAsync("plymouth", "brighton");
        var readiness = Over(hub, verifiesOnly: true);
        _signer.Prepare(SampleCity.Plymouth);
        await hub.Storage.Claims.DeleteAsync(Cancel);
        await hub.Storage.MailMessages.DeleteAsync(Cancel);

        var before = await readiness.FailingAsync(Cancel);
        _signer.Prepare(SampleCity.Brighton);
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        var ready = await readiness.FailingAsync(Cancel);
        await hub.Storage.Awards.DeleteAsync(Cancel);
        await hub.Storage.PublicBlobs.DeleteAsync(cancellationToken: Cancel);
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        var after = await readiness.FailingAsync(Cancel);

        Assert.Equal(["keys of brighton"], before);
        Assert.Empty(ready);
        Assert.Equal(["table Awards", "container public"], after);
    }

    [Fact]
    public async Task A_hub_without_a_city_is_not_ready()
    {
        var hub = await StartAsync();

        Assert.Equal(["cities"], await Over(hub).FailingAsync(Cancel));
    }

    [Fact]
    public async Task It_is_ready_when_every_city_has_its_keys_and_not_sooner()
    {
        var hub = await StartAsync("plymouth", "brighton");
        var readiness = Over(hub);
        _signer.Prepare(SampleCity.Plymouth);

        var before = await readiness.FailingAsync(Cancel);
        _signer.Prepare(SampleCity.Brighton);
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        var after = await readiness.FailingAsync(Cancel);

        Assert.Equal(["keys of brighton"], before);
        Assert.Empty(after);
    }

    [Theory]
    [InlineData("", "ES256", "keys of plymouth")]
    [InlineData("", "RS256", "")]
    [InlineData("\"proofs\": [\"ecdsa-sd-2023\", \"jwt-rs256\"], ", "RS256", "keys of plymouth")]
    [InlineData("\"proofs\": [\"jwt-rs256\"], ", "ES256", "keys of plymouth")]
    public async Task A_city_needs_a_key_for_each_algorithm_that_it_signs_with(string proofs, string lost, string failing)
    {
        var hub = await StartAsync();
        var edited = Sample.Edited("plymouth", "city.json", ("\"sender\"", proofs + "\"sender\""));
        Assert.NotNull((await hub.ActivateAsync("plymouth", edited)).City);
        _signer.Prepare(SampleCity.Plymouth);
        File.Delete(Directory.GetFiles(Path.Combine(_data, "keys", "signing", "plymouth"), $"{lost}-*.json").Single());

        Assert.Equal(failing, string.Join(", ", await Over(hub).FailingAsync(Cancel)));
    }

    [Fact]
    public async Task A_city_that_appears_is_seen_at_once_although_the_directory_remembers_another_answer()
    {
        var hub = await StartAsync();
        _signer.Prepare(SampleCity.Plymouth);
        var readiness = Over(hub);
        Assert.Null(await hub.FindAsync("plymouth"));
        Assert.Equal(["cities"], await readiness.FailingAsync(Cancel));

        await Elsewhere(hub).ActivateAsync("plymouth", Sample.Files("plymouth"), Cancel);
        hub.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(await readiness.FailingAsync(Cancel));
        Assert.NotNull(await hub.FindAsync("plymouth"));
    }

    [Fact]
    public async Task A_city_whose_definition_this_hub_cannot_read_is_named()
    {
        var hub = await StartAsync("plymouth");
        _signer.Prepare(SampleCity.Plymouth);
        var old = new CityFiles(new Dictionary<string, byte[]> { ["city.json"] = "{}"u8.ToArray() });
        await hub.Storage.CityBlobs.UploadBlobAsync("lund/old.zip", BinaryData.FromBytes(old.ToZip()), Cancel);
        await hub.Storage.CityBlobs.UploadBlobAsync("_active/lund", BinaryData.FromString("old"), Cancel);

        Assert.Equal(["city lund"], await Over(hub).FailingAsync(Cancel));
    }

    [Fact]
    public async Task Storage_that_takes_calls_and_never_answers_fails_within_five_seconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = $"http://{silent.LocalEndpoint}/a";
        var endpoints = $"BlobEndpoint={address};QueueEndpoint={address};TableEndpoint={address}";
        var account = $"AccountName=a;AccountKey={Azurite.AccountKey};{endpoints}";
        var storage = new HubStorage(new TableServiceClient(account), new BlobServiceClient(account), new QueueServiceClient(account));
        var cities = new CityDirectory(storage, Sample.Parser, TimeProvider.System, NullLogger<CityDirectory>.Instance);
        var began = TimeProvider.System.GetTimestamp();

        var failing = await new Readiness(storage, cities, _signer, All, TimeProvider.System).FailingAsync(Cancel);

        Assert.Equal(["tables", "blobs", "queues", "cities"], failing);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), Readiness.Patience - TimeSpan.FromSeconds(0.1), Readiness.MaxPatience);
    }

    [Fact]
    public async Task However_many_ask_at_once_storage_is_asked_once()
    {
        var hub = await StartAsync("plymouth");
        _signer.Prepare(SampleCity.Plymouth);
        var readiness = Over(hub);
        await readiness.FailingAsync(Cancel);
        hub.Time.Advance(TimeSpan.FromSeconds(1));
        hub.Requests.Count = 0;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => readiness.FailingAsync(Cancel))));

        Assert.All(answers, Assert.Empty);
        Assert.Equal(2, hub.Requests.Count); // the containers, the activations
    }

    private static async Task<TestHub> StartAsync(params string[] cities)
    {
        var hub = await TestHub.StartAsync();
        await hub.Storage.CreateAsync(Cancel);
        foreach (var city in cities)
        {
            Assert.NotNull((await hub.ActivateAsync(city, Sample.Files(city))).City);
        }

        return hub;
    }

    // What another process activates, this one's directory is not told of.
    private static CityStore Elsewhere(TestHub hub) => new(
        hub.Storage,
        Sample.Parser,
        new BadgePublisher(hub.Storage, hub.Urls),
        new CityDirectory(hub.Storage, Sample.Parser, hub.Time, NullLogger<CityDirectory>.Instance),
        hub.Urls);

    private Readiness Over(TestHub hub, bool verifiesOnly = false) =>
        new(hub.Storage, hub.Directory, _signer, verifiesOnly ? Verification : All, hub.Time);
}
