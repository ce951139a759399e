using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CitiesOfLearning.DevHost.Mail;
using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Journeys;

[CollectionDefinition(Name)]
public sealed class SampleHubTests : ICollectionFixture<SampleHub>
{
    public const string Name = "A hub with the sample cities";
}

/// <summary>
/// One running hub with the sample cities, and what a provider, a learner and a steward do with it. Each test has learners of its own.
/// </summary>
public sealed class SampleHub : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // No log line may hold any of these: names, logins, addresses (as they are and as in a URL), secrets.
    private static readonly string[] Personal =
    [
        "Example", "ada-codes", "@example.org", "%40example.org",
        .. SampleProvider.All.Select(Secret),
    ];

    private readonly ConcurrentBag<string> _tokens = [];

    public HubProcess Process { get; private set; } = null!;

    public HttpClient Client => Process.Client;

    public async ValueTask InitializeAsync() => Process = await HubProcess.StartAsync(("Local__Chaos", "false"));

    public ValueTask DisposeAsync() => Process is null ? ValueTask.CompletedTask : Process.DisposeAsync();

    public static SampleProvider Plymouth(string source) => SampleProvider.All.Single(p => p.City == "plymouth" && p.Source == source);

    public static string Secret(SampleProvider provider)
    {
        using var settings = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "localsettings-sample", "local.settings.json")));
        return settings.RootElement.GetProperty("Values").GetProperty(provider.SecretSetting.Replace(":", "__")).GetString()!;
    }

    public static SampleRequest Finish(SampleProvider provider, SampleLearner learner) =>
        SampleDeliveries.Create(provider, learner, Secret(provider), TimeProvider.System.GetUtcNow());

    public static HttpRequestMessage Message(SampleRequest delivery)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, delivery.Path) { Content = new ByteArrayContent(delivery.Body) };
        foreach (var (name, value) in delivery.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    /// <summary>The learner finishes the course of one of Plymouth's sources; the sender hears "yes".</summary>
    public async Task FinishAsync(string source, SampleLearner learner)
    {
        using var message = Message(Finish(Plymouth(source), learner));
        using var answer = await Client.SendAsync(message, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Waits for the message about a badge and gives the claim link in it.</summary>
    public async Task<(ReceivedMail Mail, string Link)> InvitationAsync(string address, string badge)
    {
        ReceivedMail? found = null;
        await Wait.UntilAsync(
            async () =>
            {
                found = (await Process.MailboxAsync()).SingleOrDefault(m => m.To == address && m.Subject.Contains(badge));
                return found is not null;
            },
            Patience,
            () => $"No message about “{badge}” came.");
        _tokens.Add(found!.ClaimToken());
        return (found!, found!.ClaimLink().PathAndQuery);
    }

    /// <summary>Claims as a program does.</summary>
    public async Task<ClaimedBadge> ClaimAsync(string link, object answer)
    {
        using var response = await Client.PostAsJsonAsync(link, answer, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var claimed = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return new ClaimedBadge(new Uri(claimed.GetProperty("badge").GetString()!).AbsolutePath, claimed
            .GetProperty("access")
            .GetString()!);
    }

    /// <summary>As the learner with the key, or as a stranger without.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, string? key = null, string accept = "*/*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<string> PageAsync(string path, HttpStatusCode expected = HttpStatusCode.OK, string? key = null)
    {
        using var response = await GetAsync(path, key, "text/html");
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> ManageAsync(string path, object? body = null)
    {
        using var response = body is null
            ? await GetAsync($"/manage/plymouth/{path}", accept: "application/json")
            : await Client.PostAsJsonAsync($"/manage/plymouth/{path}", body, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until a delivery has come to this outcome and gives its line in the steward's log.</summary>
    public async Task<JsonElement> DeliveryAsync(string outcome)
    {
        JsonElement? found = null;
        await Wait.UntilAsync(
            async () => (found = (await ManageAsync("deliveries"))
                .EnumerateArray()
                .Where(d => d.GetProperty("outcome").GetString() == outcome)
                .Cast<JsonElement?>()
                .FirstOrDefault()) is not null,
            Patience,
            () => $"No delivery came to {outcome}.");
        return found!.Value;
    }

    public async Task UntilAsync(Func<Task<bool>> holds, string otherwise) => await Wait.UntilAsync(holds, Patience, () => otherwise);

    /// <summary>Row 28 of the security table: ids only. Also no claim token, which would let whoever reads the log claim.</summary>
    public void AssertLogNamesNobody()
    {
        Assert.NotEmpty(Process.Log);
        Assert.All(
            Process.Log,
            line => Assert.All([.. Personal, .. _tokens], text => Assert.DoesNotContain(text, line, StringComparison.OrdinalIgnoreCase)));
    }
}

/// <param name="Path">The badge's own path.</param>
/// <param name="Key">What opens it while it is private.</param>
public sealed record ClaimedBadge(string Path, string Key)
{
    public string Id => Path.Split('/')[^1];
}
