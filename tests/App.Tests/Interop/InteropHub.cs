using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Publishing;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.LocalKeys;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.App.Tests.Interop;

/// <summary>
/// The app behind HTTPS, with a city for each choice of name and proofs; learners earn, claim and download badges of them.
/// </summary>
internal sealed class InteropHub : IAsyncDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly HubApp _app;
    private readonly HttpClient _client;
    private int _deliveries;

    private InteropHub(TlsFront front, HubApp app)
    {
        (Front, _app, _client) = (front, app, app.NewClient());
        Front.App = _client;
    }

    public TlsFront Front { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<InteropHub> StartAsync(IEnumerable<InteropCity> cities)
    {
        var front = await TlsFront.StartAsync();
        var secrets = cities.Select(c => ($"Sources:{c.Id}:hub:Secret", Secret));
        var app = await HubApp.StartEmptyAsync(_ => { }, [("Hub:PublicUrl", front.Address), .. secrets]);
        await app.Services.GetRequiredService<HubStorage>().CreateAsync(Cancel);
        foreach (var city in cities)
        {
            app.Services.GetRequiredService<LocalSigner>().Prepare(CityId.Parse(city.Id));
            var parsed = await app.Services.GetRequiredService<CityStore>().ActivateAsync(city.Id, Files(city), Cancel);
            Assert.NotNull(parsed.City);
        }

        return new InteropHub(front, app);
    }

    /// <summary>The learner finishes the tide-pool survey.</summary>
    public async Task FinishAsync(InteropCity city, Learner learner)
    {
        var completion = new JsonObject
        {
            ["type"] = "completed",
            ["occurredAt"] = "2026-11-20T10:00:00Z",
            ["activity"] = new JsonObject { ["id"] = "tide-pool-survey" },
            ["learner"] = new JsonObject { ["email"] = learner.Address, ["name"] = "Ada Marsh", ["language"] = learner.Language },
        };
        if (learner.HasEvidence)
        {
            completion["evidence"] = new JsonArray(
                new JsonObject { ["url"] = "https://records.example/42", ["description"] = "The survey" });
        }

        if (learner.HasScore)
        {
            completion["score"] = 0.87;
        }

        var body = Encoding.UTF8.GetBytes(completion.ToJsonString());
        var id = $"msg_{++_deliveries}";
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var mac = HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), signed);
        using var message = new HttpRequestMessage(HttpMethod.Post, $"hooks/{city.Id}/hub")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", timestamp },
                { "webhook-signature", "v1," + Convert.ToBase64String(mac) },
            },
        };
        using var answer = await _client.SendAsync(message, Cancel);
        answer.EnsureSuccessStatusCode();
    }

    public Task RunQueuesAsync() => _app.RunQueuesAsync();

    /// <summary>The learner's only badge of this city, claimed, and what opens it.</summary>
    public async Task<(string Path, string Access)> ClaimAsync(InteropCity city, Learner learner)
    {
        var link = _app.Mail.List().Single(m => m.To == learner.Address && m.From == city.Sender).Links.First(l => l.Contains("/claim/"));
        using var claimed = await _client.PostAsJsonAsync(new Uri(link).PathAndQuery, new { email = learner.Address }, Cancel);
        var answer = (await claimed.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        return (new Uri((string)answer["badge"]!).AbsolutePath, (string)answer["access"]!);
    }

    /// <param name="form">After the badge's path: an extension, and perhaps what is left out.</param>
    public async Task<byte[]> DownloadAsync((string Path, string Access) badge, string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, badge.Path + form)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", badge.Access) }
        };
        using var response = await _client.SendAsync(request, Cancel);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancel);
    }

    public async Task RevokeAsync(InteropCity city, (string Path, string Access) badge)
    {
        var award = badge.Path.Split('/')[^1];
        using var answer = await _client.PostAsJsonAsync($"manage/{city.Id}/awards/{award}/revoke", new { reason = "By mistake." }, Cancel);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await Front.DisposeAsync();
    }

    private static CityFiles Files(InteropCity city)
    {
        var files = CityFiles.FromFolder(Path.Combine(Repository.SampleCities, "plymouth")).ByPath.ToDictionary();
        var definition = JsonNode.Parse(files["city.json"])!;
        definition["identifier"] = city.Identifier;
        definition["proofs"] = new JsonArray([.. city.Proofs.Select(p => (JsonNode)p)]);
        definition["sender"]!["address"] = city.Sender;
        files["city.json"] = Encoding.UTF8.GetBytes(definition.ToJsonString());
        return new(files);
    }
}

/// <param name="Proofs">The first is the one in its pictures.</param>
internal sealed record InteropCity(string Id, string Identifier, params string[] Proofs)
{
    public string Sender => $"{Id}@badges.example";
}

internal sealed record Learner(string Language, bool HasEvidence, bool HasScore, bool LosesIt = false)
{
    public string Address =>
        $"{Language}{(HasEvidence ? "-evidence" : "")}{(HasScore ? "-score" : "")}{(LosesIt ? "-loses" : "")}@example.org";
}
