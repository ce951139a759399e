using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Deliveries;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Settings;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Webhooks;

/// <summary>RECEIVE and UNDERSTAND over real storage of their own, for the sample's Plymouth or a city that is much like it.</summary>
internal sealed class WebhookHub(HubStorage storage)
{
    private static readonly IOptions<HubOptions> Settings = Options.Create(new HubOptions
    {
        HashKey = Convert.ToBase64String(new byte[32]),
        DataKey = Convert.ToBase64String(new byte[32]),
    });

    public static readonly HubIds Ids = new(Settings);

    private readonly FakeTimeProvider _time = new(SomeCity.Now);

    public static async Task<WebhookHub> StartAsync()
    {
        var connection = await TestStorage.ConnectionStringAsync();
        var queues = new QueueServiceClient(connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var storage = new HubStorage(new TableServiceClient(connection), new BlobServiceClient(connection), queues);
        await storage.CreateAsync(CancellationToken.None);
        return new WebhookHub(storage);
    }

    public HubStorage Storage => storage;

    public DeliveryTable Log { get; } = new(storage, new PersonalData(Settings));

    private LearnerTable Learners { get; } = new(storage, new PersonalData(Settings));

    private IdentifierTable Identifiers { get; } = new(storage, Ids, new PersonalData(Settings));

    private QuestionTable Questions { get; } = new(storage, new PersonalData(Settings));

    private QuestionAnswers Answers => new(Questions, Identifiers, Learners, storage, Ids, _time);

    private LearnerResolver Resolver => new(Identifiers, Learners, Ids);

    public Inbox Inbox { get; } = new(storage);

    public async Task<Receipt> ReceiveAsync(string source, UnverifiedWebhook webhook, CityFiles? city = null) => await new WebhookReceiver(
        await ActiveCity.DirectoryAsync(city ?? ActiveCity.Plymouth),
        new WebhookVerifier(SomeWebhook.Secrets(), _time),
        Inbox,
        storage,
        _time,
        NullLogger<WebhookReceiver>.Instance).ReceiveAsync("plymouth", source, webhook, CancellationToken.None);

    /// <summary>Works through every message in the queue <c>deliveries</c>.</summary>
    /// <returns>The messages.</returns>
    public async Task<IReadOnlyList<string>> UnderstandAsync(CityFiles? city = null)
    {
        var handler = await HandlerAsync(city);
        var done = new List<string>();
        while ((await storage.DeliveryMessages.ReceiveMessagesAsync(32)).Value is { Length: > 0 } batch)
        {
            foreach (var message in batch)
            {
                await handler.HandleAsync(message.Body.ToString(), CancellationToken.None);
                await storage.DeliveryMessages.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                done.Add(message.Body.ToString());
            }
        }

        return done;
    }

    public async Task<DeliveryHandler> HandlerAsync(CityFiles? city = null) => new(
        await ActiveCity.DirectoryAsync(city ?? ActiveCity.Plymouth),
        Inbox,
        Log,
        Resolver,
        Questions,
        new AwardRules(),
        new AwardBook(new AwardTable(storage), Learners, storage, Ids, _time),
        new Postpone(storage, NullLogger<Postpone>.Instance),
        NullLogger<DeliveryHandler>.Instance);

    /// <summary>Uploads a source's roster.</summary>
    public async Task<RosterReceipt> EnrolAsync(string source, params string[] people)
    {
        var city = (await (await ActiveCity.DirectoryAsync(ActiveCity.Plymouth)).FindAsync(SampleCity.Plymouth, CancellationToken.None))!;
        var roster = Encoding.UTF8.GetBytes(string.Join('\n', ["account,address,name,language", .. people]));
        return await new RosterUpload(Identifiers, Resolver, Learners, Answers, Ids)
            .TakeAsync(city, city.Sources[source], roster, _time.GetUtcNow(), CancellationToken.None);
    }

    public async Task<IReadOnlyList<DeliveryRecord>> ListAsync(int most = 50) =>
        (await Log.ListAsync(SampleCity.Plymouth, most, null, CancellationToken.None)).Deliveries;

    public async Task<IReadOnlyList<AwardId>> AwardsAsync() =>
        [.. (await RowsAsync(storage.Awards)).Where(r => r.RowKey == "award").Select(r => AwardId.Parse(r.PartitionKey))];

    public async Task<IReadOnlyList<string>> BlobsAsync() =>
        [.. (await storage.InboxBlobs.GetBlobsAsync().ToListAsync()).Select(b => b.Name)];

    public async Task<byte[]> BlobAsync(string name) =>
        (await storage.InboxBlobs.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToArray();

    public async Task<string> NextMessageAsync() => (await storage.DeliveryMessages.ReceiveMessageAsync()).Value.Body.ToString();

    public async Task<int> MessagesAsync(QueueClient queue) => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;

    public async Task<IReadOnlyList<TableEntity>> RowsAsync(TableClient table) => await table.QueryAsync<TableEntity>().ToListAsync();

    public async Task AssertNothingChangedAsync()
    {
        Assert.Empty(await BlobsAsync());
        Assert.Equal(0, await MessagesAsync(storage.DeliveryMessages));
        Assert.Equal(0, await MessagesAsync(storage.AwardMessages));
        Assert.Empty(await RowsAsync(storage.Deliveries));
        Assert.Empty(await RowsAsync(storage.Awards));
        Assert.Empty(await RowsAsync(storage.Learners));
    }

    public static byte[] Completion(
        string learner = """{"email":"ada@example.org","name":"Ada Marsh"}""", string activity = "tide-pool-survey") =>
        Encoding.UTF8.GetBytes(
            $$"""{"id":"c-1","type":"completed","occurredAt":"2026-11-20T10:00:00Z","activity":{"id":"{{activity}}"},"learner":""" +
            $$"""{{learner}}}""");
}
