using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.App.Tests.Journeys;
using CitiesOfLearning.DevHost.Senders;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>A badge that a learner has claimed on the shared app, and keeps to themselves.</summary>
/// <param name="Id">The award's.</param>
/// <param name="Access">The learner's key to it.</param>
internal sealed record ClaimedBadge(string Id, string Access, string ClaimPath)
{
    public const string Address = "mary.anning@example.org";

    private static readonly Lazy<Task<ClaimedBadge>> Shared = new(async () => await ClaimAsync(await SharedHub.AppAsync()));

    /// <summary>The same for every test: change nothing about it.</summary>
    public static Task<ClaimedBadge> OneAsync() => Shared.Value;

    public async Task<byte[]> FileAsync(HttpClient hub, string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"badges/{Id}.{form}")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Access) }
        };
        using var response = await hub.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    /// <summary>One more, on an app of one's own.</summary>
    public static async Task<ClaimedBadge> ClaimAsync(HubApp app)
    {
        await app.FinishAsync(SampleHub.Plymouth("hub"), new SampleLearner(0, "Mary Anning", Address));
        var link = app.Mail.List().Single(m => m.To == Address).Links.First(l => l.Contains("/claim/"));
        using var hub = app.NewClient();
        using var claimed = await hub.PostAsJsonAsync(link, new { email = Address });
        var answer = (await claimed.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
        return new ClaimedBadge(((string)answer["badge"]!).Split('/')[^1], (string)answer["access"]!, new Uri(link).PathAndQuery[1..]);
    }
}
