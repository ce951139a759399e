using CitiesOfLearning.Hub;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Completions;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.LocalKeys;
using CitiesOfLearning.Signing;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.Benchmarks;

/// <summary>The hub's own services over real storage, with the sample city Plymouth, whose tide pool badge has art of 60 kB.</summary>
internal sealed class BenchmarkHub : IDisposable
{
    public const string City = "plymouth";
    private const string Badge = "tide-pool-surveyor";

    private static readonly DateTimeOffset Achieved = new(2026, 6, 1, 14, 30, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<Evidence> Evidence = [new(
        "https://tidepools.plymouth.example/records/4711", "The learner's records")];

    private readonly IHost _host;
    private readonly string _dataFolder = Directory.CreateTempSubdirectory("hub-benchmarks-").FullName;

    private BenchmarkHub(string storage)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var key = Convert.ToBase64String(new byte[32]);
        builder.Configuration["AzureWebJobsStorage"] = storage;
        builder.Configuration["Local:DataFolder"] = _dataFolder;
        builder.Configuration["Hub:PublicUrl"] = "http://localhost:7071";
        builder.Configuration["Hub:DataKey"] = key;
        builder.Configuration["Hub:HashKey"] = key;
        builder.AddHub().AddSigner();
        _host = builder.Build();
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<BenchmarkHub> StartAsync()
    {
        var hub = new BenchmarkHub(await TestStorage.ConnectionStringAsync());
        await hub.Get<HubStorage>().CreateAsync(CancellationToken.None);
        var sample = CityFiles.FromFolder(Path.Combine(Repository.SampleCities, City)).ByPath;
        var files = new CityFiles(sample.Select(f => f.Key == $"badges/{Badge}.png" ? KeyValuePair.Create(f.Key, Some.Png()) : f));
        var activated = await hub.Get<CityStore>().ActivateAsync(City, files, CancellationToken.None);
        if (activated.City is null)
        {
            throw new InvalidOperationException(string.Join('\n', activated.Errors));
        }

        hub.Get<LocalSigner>().Prepare(CityId.Parse(City));
        return hub;
    }

    /// <summary>One badge, issued as any other: the baked PNG.</summary>
    public async Task<byte[]> IssueAsync()
    {
        var ids = Get<HubIds>();
        const string Address = "ada@example.org";
        var learner = new Learner(ids.LearnerId(CityId.Parse(City), Address), Address, "Ada", "en", Achieved);
        var completion = new Completion(
            CityId.Parse(
                City), "hub", "completed", new("tide-pool-survey", null), new(null, Address, "Ada", "en"), Achieved, Evidence, Score: 0.87);
        var badge = (await Get<CityDirectory>().FindAsync(City, CancellationToken.None))!.Badges[Badge];
        var (_, award) = await Get<AwardBook>().AwardAsync(
            new RuleOutcome.Earned(
                badge, "tide-pool-trust", Evidence), learner, isNews: true, completion, "d", AskedBy.Sender, CancellationToken.None);
        await Get<CredentialIssuer>().HandleAsync(new AwardMessage.Issue(award).Write(), CancellationToken.None);
        var issued = (await Get<AwardTable>().FindAsync(award, CancellationToken.None))!;
        return (await Get<BadgePictures>().FindAsync(issued, "png", CancellationToken.None))!;
    }

    /// <summary>The badge class as it was published.</summary>
    public async Task<PublishedAchievement> PublishedAsync() =>
        (await Get<PublishedAchievements>().FindAsync(CityId.Parse(City), Badge, 1, "en", CancellationToken.None))!;

    /// <summary>What the issuer would say of such a completion.</summary>
    public CredentialDraft Draft(PublishedAchievement badge)
    {
        var ids = Get<HubIds>();
        var urls = Get<HubUrls>();
        var award = ids.AwardId(CityId.Parse(City), Badge, "another learner");
        return new CredentialDraft(
            award,
            CityId.Parse(City),
            "Plymouth",
            null,
            "Tide pool surveyor",
            ids.SubjectId(award),
            badge.Achievement,
            new CredentialProvider(urls.Provider(CityId.Parse(City), "tide-pool-trust"), "Tide Pool Trust", null),
            Achieved,
            Achieved,
            Evidence,
            new CredentialResult(urls.Result(CityId.Parse(City), Badge, 1, "score"), "87"),
            StatusList: 1,
            StatusIndex: 90210);
    }

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_dataFolder, recursive: true);
    }
}
