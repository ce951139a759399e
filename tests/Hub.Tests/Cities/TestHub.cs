using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Cities;

/// <summary>One instance of the hub's city side over real storage, with its requests counted.</summary>
internal sealed class TestHub
{
    public const string Address = "https://hub.example";

    private TestHub(HubStorage storage, RequestLog requests, string address)
    {
        Storage = storage;
        Requests = requests;
        Urls = new HubUrls(address);
        Directory = new CityDirectory(storage, Sample.Parser, Time, NullLogger<CityDirectory>.Instance);
        Store = new CityStore(storage, Sample.Parser, new BadgePublisher(storage, Urls), Directory, Urls);
        Badges = new PublishedAchievements(storage);
    }

    public HubStorage Storage { get; }

    public RequestLog Requests { get; }

    public FakeTimeProvider Time { get; } = new();

    public HubUrls Urls { get; }

    public CityDirectory Directory { get; }

    public CityStore Store { get; }

    public PublishedAchievements Badges { get; }

    public static async Task<TestHub> StartAsync() => await OverAsync(await TestStorage.ConnectionStringAsync());

    /// <summary>Another instance over the same storage.</summary>
    public static async Task<TestHub> OverAsync(string account, string address = Address)
    {
        var requests = new RequestLog();
        var options = new BlobClientOptions();
        options.AddPolicy(requests, HttpPipelinePosition.PerCall);
        var storage = new HubStorage(
            new TableServiceClient(account), new BlobServiceClient(account, options), new QueueServiceClient(account));
        await storage.CityBlobs.CreateIfNotExistsAsync();
        await storage.PublicBlobs.CreateIfNotExistsAsync();
        requests.Count = 0;
        return new(storage, requests, address);
    }

    public Task<ParsedCity> ActivateAsync(string city, CityFiles files) =>
        Store.ActivateAsync(city, files, TestContext.Current.CancellationToken);

    public ValueTask<City?> FindAsync(string city) => Directory.FindAsync(city, TestContext.Current.CancellationToken);

    /// <summary>Counts requests, and can hold them up.</summary>
    internal sealed class RequestLog : HttpPipelinePolicy
    {
        private volatile TaskCompletionSource _open = Opened();
        private int _count;

        public int Count { get => _count; set => _count = value; }

        public void Hold() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _open.SetResult();

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The hub waits for nobody.");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Interlocked.Increment(ref _count);
            await _open.Task;
            await ProcessNextAsync(message, pipeline);
        }

        private static TaskCompletionSource Opened()
        {
            var open = new TaskCompletionSource();
            open.SetResult();
            return open;
        }
    }
}
