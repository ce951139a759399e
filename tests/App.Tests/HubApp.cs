using System.Security.Cryptography;
using System.Text.Json;
using Azure.Storage.Queues;
using CitiesOfLearning.App.Tests.Journeys;
using CitiesOfLearning.DevHost.Mail;
using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.FunctionsTesting;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.LocalKeys;
using CitiesOfLearning.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.App.Tests;

/// <summary>
/// The app itself, its own Program and the real worker, in the test's process, with storage and a mailbox of its own. Nothing listens to
/// its queues: a test says when they are run.
/// </summary>
public sealed class HubApp : FunctionsFactory<App.Site.HealthLive>
{
    private static readonly string[] Queues = [HubStorage.DeliveriesQueue, HubStorage.AwardsQueue, HubStorage.MailQueue];
    private static readonly string[] Functions = [nameof(App.Queues.OnDelivery), nameof(App.Queues.OnAward), nameof(App.Queues.OnMail)];

    private static readonly Uri Address = new("http://localhost:7071"); // nobody listens there: the client is in this process

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("hub-app-");
    private readonly SemaphoreSlim _running = new(1);
    private readonly string _storage;
    private readonly MailServer _mail;
    private readonly Action<IServiceCollection> _services;
    private readonly (string Name, string Value)[] _settings;

    private HubApp(string storage, MailServer mail, Action<IServiceCollection> services, (string Name, string Value)[] settings) =>
        (_storage, _mail, _services, _settings) = (storage, mail, services, settings);

    /// <summary>What learners were sent.</summary>
    internal Mailbox Mail => _mail.Box;

    public static Task<HubApp> StartAsync() => StartAsync(_ => { });

    /// <summary>With tables, queues, keys and the sample cities, as the infrastructure and the upload leave them.</summary>
    /// <param name="services">Replaces services of the app.</param>
    public static async Task<HubApp> StartAsync(Action<IServiceCollection> services) =>
        await StartAsync(await TestStorage.ConnectionStringAsync(), services);

    /// <inheritdoc cref="StartAsync(Action{IServiceCollection})"/>
    /// <param name="storage">The connection string of an account that nobody has used.</param>
    public static async Task<HubApp> StartAsync(string storage, Action<IServiceCollection> services)
    {
        var app = await StartOverAsync(storage, services);
        await app.FillAsync();
        return app;
    }

    /// <summary>Makes tables, queues and keys, and loads the sample cities.</summary>
    public async Task FillAsync()
    {
        await Services.GetRequiredService<HubStorage>().CreateAsync(CancellationToken.None);
        var signer = Services.GetRequiredService<LocalSigner>();
        foreach (var city in Directory.GetDirectories(Repository.SampleCities))
        {
            signer.Prepare(CityId.Parse(Path.GetFileName(city)));
        }

        await CityFolder.LoadAsync(
            Repository.SampleCities,
            Services.GetRequiredService<CityStore>(),
            Services.GetRequiredService<RosterUpload>(),
            TextWriter.Null,
            CancellationToken.None);
    }

    /// <summary>With storage in which there is nothing.</summary>
    public static async Task<HubApp> StartEmptyAsync(
        Action<IServiceCollection> services, params (string Name, string Value)[] settings) =>
        await StartOverAsync(await TestStorage.ConnectionStringAsync(), services, settings);

    /// <summary>Over the storage of this connection string.</summary>
    /// <param name="services">Replaces services of the app.</param>
    /// <param name="settings">Beside the usual ones, or in their place.</param>
    public static async Task<HubApp> StartOverAsync(
        string storage, Action<IServiceCollection> services, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("hub-app-mail-").FullName;
        return new HubApp(storage, await MailServer.StartAsync(folder), services, settings);
    }

    /// <summary>Follows no redirect, keeps no cookie.</summary>
    public HttpClient NewClient() =>
        CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = Address, AllowAutoRedirect = false, HandleCookies = false });

    /// <summary>Sends what a sample provider sends, and runs the queues until the learner has mail, or nothing is left to do.</summary>
    public async Task FinishAsync(SampleProvider provider, SampleLearner learner)
    {
        using var client = NewClient();
        using var message = Journeys.SampleHub.Message(Journeys.SampleHub.Finish(provider, learner));
        using var answer = await client.SendAsync(message);
        answer.EnsureSuccessStatusCode();
        await RunQueuesAsync();
    }

    /// <summary>Gives each waiting message to its function, until there are no more. What throws, fails the test.</summary>
    public async Task RunQueuesAsync()
    {
        await _running.WaitAsync();
        try
        {
            while (await RunOnceAsync())
            {
                // What one function sent on, the next round runs.
            }
        }
        finally
        {
            _running.Release();
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in Settings())
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(_services);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _mail.DisposeAsync();
        _running.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task<bool> RunOnceAsync()
    {
        var any = false;
        foreach (var queue in Queues)
        {
            while (await RunNextAsync(queue))
            {
                any = true;
            }
        }

        return any;
    }

    /// <summary>Gives the next message of a queue to its function. False if there is none.</summary>
    public async Task<bool> RunNextAsync(string queue)
    {
        var client = new QueueClient(_storage, queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        if ((await client.ReceiveMessageAsync()).Value is not { } message)
        {
            return false;
        }

        await this.InvokeAsync(Functions[Array.IndexOf(Queues, queue)], message.Body.ToString());
        await client.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        return true;
    }

    private IEnumerable<(string Name, string Value)> Settings()
    {
        using var sample = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, "localsettings-sample", "local.settings.json")));
        var secrets = sample.RootElement
            .GetProperty("Values")
            .EnumerateObject()
            .Select(v => (v.Name.Replace("__", ":"), v.Value.GetString()!))
            .ToList();
        return
        [
            .. secrets,
            ("AzureWebJobsStorage", _storage),
            ("Local:DataFolder", _data.FullName),
            ("Hub:PublicUrl", Address.GetLeftPart(UriPartial.Authority)),
            ("Hub:GraphUrl", _mail.GraphUrl),
            ("Hub:DataKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            ("Hub:HashKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            .. _settings,
        ];
    }
}
