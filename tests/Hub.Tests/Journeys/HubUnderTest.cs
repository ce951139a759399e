using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Mail;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Signing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Tests.Cities;
using CitiesOfLearning.Hub.Tests.Webhooks;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.Hub.Webhooks;
using CitiesOfLearning.LocalKeys;
using CitiesOfLearning.OpenBadges.Baking;
using CitiesOfLearning.OpenBadges.Jwt;
using CitiesOfLearning.Signing;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>
/// The hub as the app puts it together, over real storage, with the laptop's signer, a mail server of its own and a clock that only the
/// test moves. What a queue holds back comes at once, and the clock moves instead.
/// </summary>
internal sealed class HubUnderTest : IAsyncDisposable
{
    public const string Address = "https://hub.example";

    private const string MoodleToken = "local-moodle-token";

    private readonly List<IHost> _workers = [];
    private readonly string _folder;
    private readonly HubStorage _direct;
    private int _deliveries;

    private HubUnderTest(string folder, string account, MailServer mail, FakeTimeProvider time)
    {
        _folder = folder;
        Account = account;
        Mail = mail;
        Time = time;
        var queues = new QueueServiceClient(account, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        _direct = new HubStorage(new TableServiceClient(account), new BlobServiceClient(account), queues);
    }

    public string Account { get; }

    public MailServer Mail { get; }

    public FakeTimeProvider Time { get; }

    public StorageFaults Faults { get; } = new();

    public QueueDelays Delays { get; } = new();

    public LogLines Log { get; } = new();

    public SwitchedSigner Signer => Get<SwitchedSigner>();

    public HubUrls Urls => Get<HubUrls>();

    /// <summary>The hub's storage without faults and delays.</summary>
    public HubStorage Storage => _direct;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<HubUnderTest> StartAsync(params string[] cities)
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));
        var folder = Directory.CreateTempSubdirectory("hub-under-test-").FullName;
        var mail = await MailServer.StartAsync(Path.Combine(folder, "mail"), time);
        var account = await TestStorage.ConnectionStringAsync();
        var hub = new HubUnderTest(folder, account, mail, time);
        hub.Restart(account);
        await hub.Get<HubStorage>().CreateAsync(Cancel);
        foreach (var city in cities.Length > 0 ? cities : ["plymouth"])
        {
            hub.Get<LocalSigner>().Prepare(CityId.Parse(city));
            Assert.NotNull((await hub.Get<CityStore>().ActivateAsync(city, Sample.Files(city), Cancel)).City);
        }

        return hub;
    }

    /// <summary>A new worker with the keys and the mailbox of the last, which is left as it is.</summary>
    /// <param name="storage">The same account, perhaps by another way.</param>
    /// <param name="verifiesOnly">As the app that verifies in Azure, without keys to what is encrypted.</param>
    public void Restart(string storage, bool verifiesOnly = false)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = storage,
            ["Hub:PublicUrl"] = Address,
            ["Hub:DataKey"] = Convert.ToBase64String(Encoding.ASCII.GetBytes("the data key of the tests, 32 by")),
            ["Hub:HashKey"] = Convert.ToBase64String(Encoding.ASCII.GetBytes("the hash key of the tests, 32 by")),
            ["Hub:GraphUrl"] = Mail.GraphUrl,
            ["Hub:MailPerMinute"] = "60000",
            ["Hub:MailPerDay"] = "100000000",
            ["Local:DataFolder"] = _folder,
            ["Sources:plymouth:hub:Secret"] = SomeWebhook.StandardSecret,
            ["Sources:plymouth:code-club:Secret"] = SomeWebhook.StandardSecret,
            ["Sources:plymouth:moodle:Secret"] = MoodleToken,
        });
        if (verifiesOnly)
        {
            builder.Configuration.AddInMemoryCollection(
                [new("Hub:VerifiesOnly", "true"), new("Hub:DataKey", ""), new("Hub:HashKey", "")]);
        }

        builder.Services.AddSingleton<TimeProvider>(Time).AddLogging(logs => logs.AddProvider(Log));
        builder.Services.AddSingleton<HttpPipelinePolicy>(Faults).AddSingleton<HttpPipelinePolicy>(Delays);
        builder.AddHub().AddSigner();
        builder.Services
            .AddSingleton(s => new SwitchedSigner(s.GetRequiredService<LocalSigner>()))
            .AddSingleton<ICredentialSigner>(s => s.GetRequiredService<SwitchedSigner>());
        _workers.Add(builder.Build());
    }

    public T Get<T>()
        where T : notnull => _workers[^1].Services.GetRequiredService<T>();

    /// <summary>A completion of the tide-pool survey, as the signed webhook that Plymouth's source <c>hub</c> takes.</summary>
    /// <param name="id">Of the message, if it comes again; else it is a new one.</param>
    public async Task<Receipt> DeliverAsync(
        string address, string name = "Ada Marsh", string language = "en", double? score = null, string? id = null)
    {
        var learner = new JsonObject { ["email"] = address, ["name"] = name, ["language"] = language };
        return await DeliverAsync(learner, score, id);
    }

    /// <inheritdoc cref="DeliverAsync(string, string, string, double?, string?)"/>
    /// <param name="learner">As the hub's own completion has it.</param>
    public async Task<Receipt> DeliverAsync(JsonObject learner, double? score = null, string? id = null, string source = "hub")
    {
        var completion = new JsonObject
        {
            ["type"] = "completed",
            ["occurredAt"] = "2026-11-20T10:00:00Z",
            ["activity"] = new JsonObject { ["id"] = "tide-pool-survey" },
            ["learner"] = learner,
            ["evidence"] = new JsonArray(new JsonObject { ["url"] = "https://records.example/42", ["description"] = "The survey" }),
        };
        if (score is not null)
        {
            completion["score"] = score;
        }

        return await DeliverAsync(Encoding.UTF8.GetBytes(completion.ToJsonString()), id, source);
    }

    /// <summary>Anything, as the signed webhook that Plymouth's source <c>hub</c> takes, or another of Standard Webhooks.</summary>
    public async Task<Receipt> DeliverAsync(byte[] body, string? id = null, string source = "hub")
    {
        id ??= $"msg_{Interlocked.Increment(ref _deliveries)}";
        var at = Time.GetUtcNow();
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = timestamp,
            ["webhook-signature"] = "v1," + SomeWebhook.StandardSignature(body, id, timestamp),
        };
        return await Get<WebhookReceiver>().ReceiveAsync(
            "plymouth", source, new UnverifiedWebhook(body, headers, "application/json", at), Cancel);
    }

    /// <summary>Course 5, as Plymouth's Moodle says that an account has finished it.</summary>
    public async Task<Receipt> DeliverFromMoodleAsync(int account)
    {
        var at = Time.GetUtcNow();
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["eventname"] = @"\core\event\course_completed",
            ["objectid"] = Interlocked.Increment(ref _deliveries),
            ["userid"] = 2,
            ["relateduserid"] = account,
            ["courseid"] = 5,
            ["timecreated"] = at.ToUnixTimeSeconds(),
            ["host"] = "moodle.example.org",
            ["token"] = MoodleToken,
        }.ToJsonString());
        return await Get<WebhookReceiver>().ReceiveAsync(
            "plymouth", "moodle", new UnverifiedWebhook(body, [], "application/json", at), Cancel);
    }

    /// <summary>Uploads a roster of one of Plymouth's sources.</summary>
    /// <param name="people">Lines of account, address, name and language.</param>
    public async Task<RosterReceipt> EnrolAsync(string source, params string[] people)
    {
        var city = (await Get<CityDirectory>().FindAsync(SampleCity.Plymouth, Cancel))!;
        var roster = Encoding.UTF8.GetBytes(string.Join('\n', ["account,address,name,language", .. people]));
        return await Get<RosterUpload>().TakeAsync(city, city.Sources[source], roster, Time.GetUtcNow(), Cancel);
    }

    /// <summary>A learner's badge, all the way to the message in their mailbox.</summary>
    public async Task<IssuedBadge> IssueAsync(string address = "ada@example.org", string language = "en", double? score = null)
    {
        Assert.IsType<Receipt.Accepted>(await DeliverAsync(address, language: language, score: score));
        await PumpAsync();
        return await BadgeOfAsync(address);
    }

    public async Task<IssuedBadge> BadgeOfAsync(string address)
    {
        var id = AwardIdOf(address);
        var (award, pictures) = (await AwardAsync(id), Get<BadgePictures>());
        return new IssuedBadge(
            id,
            (await Get<AwardTable>().SignedAsync(id, Cancel))!.Jwt,
            (await pictures.FindAsync(award, "png", Cancel))!,
            (await pictures.FindAsync(award, "svg", Cancel))!);
    }

    public AwardId AwardIdOf(string address) =>
        Get<HubIds>().AwardId(SampleCity.Plymouth, "tide-pool-surveyor", Get<HubIds>().LearnerId(SampleCity.Plymouth, address));

    public async Task<Award> AwardAsync(AwardId id) => (await Get<AwardTable>().FindAsync(id, Cancel))!;

    public Task<VerificationReport> VerifyAsync(ReadOnlyMemory<byte> given) =>
        Get<BadgeVerifier>().VerifyAsync(CredentialFile.Read(given), new(Cancel));

    public Task<VerificationReport> VerifyAsync(string given) => VerifyAsync(Encoding.UTF8.GetBytes(given));

    /// <summary>The token in the newest message to the learner.</summary>
    public string TokenFor(string address) =>
        Mail.Box.List().First(m => m.To == address).Links
            .First(l => l.Contains("/claim/", StringComparison.Ordinal))
            .Split('/')[^1].Split('?')[0];

    /// <summary>What the host has a trigger for: each queue, without faults and delays, and what is done with its messages.</summary>
    public IReadOnlyList<(QueueClient Queue, Func<string, CancellationToken, Task> Handle)> Triggers =>
    [
        (_direct.DeliveryMessages, Get<DeliveryHandler>().HandleAsync),
        (_direct.AwardMessages, Get<CredentialIssuer>().HandleAsync),
        (_direct.MailMessages, Get<ClaimMailer>().HandleAsync),
    ];

    /// <summary>Works through the queues as the Functions host does, five attempts a message, until nothing is left.</summary>
    /// <returns>How many attempts failed.</returns>
    public async Task<int> PumpAsync(Func<Task>? afterFailure = null)
    {
        var (failures, quiet) = (0, false);
        while (!quiet)
        {
            quiet = true;
            foreach (var (queue, handle) in Triggers)
            {
                foreach (var message in (await queue.ReceiveMessagesAsync(32, cancellationToken: Cancel)).Value)
                {
                    quiet = false;
                    if (Delays.TryTake(out var delay))
                    {
                        Time.Advance(delay);
                    }

                    try
                    {
                        await handle(message.Body.ToString(), Cancel);
                        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
                    }
                    catch (Exception e) when (e is not OperationCanceledException)
                    {
                        failures++;
                        Assert.True(message.DequeueCount < 5, $"Poison in {queue.Name}: {e}");
                        await queue.UpdateMessageAsync(
                            message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: Cancel);
                        await (afterFailure?.Invoke() ?? Task.CompletedTask);
                    }
                }
            }
        }

        return failures;
    }

    public async ValueTask DisposeAsync()
    {
        _workers.ForEach(w => w.Dispose());
        await Mail.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>One learner's badge in each form.</summary>
internal sealed record IssuedBadge(AwardId AwardId, byte[] Jwt, byte[] Png, byte[] Svg)
{
    public string Token => Encoding.ASCII.GetString(Jwt);

    public byte[] Payload => VcJwt.Read(Jwt)!.Payload;

    /// <summary>The badge's own picture with another credential in it.</summary>
    public byte[] PngWith(ReadOnlySpan<byte> credential) =>
        PngBaker.Bake(((ExtractionResult.Found)BadgeImage.Extract(Png)).Picture.ToArray(), credential);
}
