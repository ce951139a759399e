using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CitiesOfLearning.DevHost.Mail;
using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>A city gives a badge another meaning: what was awarded before goes on saying what it said.</summary>
public sealed class BadgeVersionTests : IDisposable
{
    private const string Badge = "/cities/plymouth/badges/tide-pool-surveyor";

    private readonly string _cities = Directory.CreateTempSubdirectory("version-cities-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_awarded_badge_says_on_every_page_what_it_said_when_it_was_awarded()
    {
        CopySamples();
        await using var hub = await HubProcess.StartAsync(("Local__CitiesFolder", _cities), ("Local__Chaos", "false"));
        var link = await InvitationAsync(hub, new SampleLearner(0, "Wella Example", "wella@example.org"));
        Assert.Equal(0, await hub.StopAsync());
        RaiseVersion();
        await hub.StartAgainAsync();
        await Wait.UntilAsync(
            async () => (await hub.Client.GetAsync($"{Badge}/v2.json", Cancel)).IsSuccessStatusCode,
            TimeSpan.FromMinutes(1),
            () => "Version 2 was not published.");

        var invite = await PageAsync(hub, HttpMethod.Get, link);
        using var answer = await hub.Client.PostAsJsonAsync(link, new { email = "wella@example.org" }, Cancel);
        var claim = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var (path, key) = (new Uri(claim.GetProperty("badge").GetString()!).AbsolutePath, claim.GetProperty("access").GetString()!);
        var claimed = await PageAsync(hub, HttpMethod.Get, path, key);
        using var publish = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(new { visibility = "public" }) };
        publish.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var published = await hub.Client.SendAsync(publish, Cancel);
        var shared = await PageAsync(hub, HttpMethod.Get, path);
        var award = path.Replace("/badges/", "/manage/plymouth/awards/", StringComparison.Ordinal);
        var managed = await PageAsync(hub, HttpMethod.Get, award);
        var slip = await PageAsync(hub, HttpMethod.Post, $"{award}/slip");
        var first = await PageAsync(hub, HttpMethod.Get, $"{Badge}/v1");
        var newest = await PageAsync(hub, HttpMethod.Get, Badge);

        Assert.All([invite, claimed, shared, managed, slip, first], page =>
        {
            Assert.Contains("Tide pool surveyor", page);
            Assert.Contains("An orange starfish", page);
            Assert.Contains($"{Badge}/v1.svg", page);
            Assert.DoesNotContain("Shore warden", page);
        });
        Assert.All([invite, shared, first], page => Assert.Contains("Recognises the life", page));
        Assert.All([shared, first], page => Assert.Contains("a guided survey", page));
        Assert.Contains($"{Badge}/v2\"", first);
        Assert.All(
            ["Shore warden", "Guards the life", "a guided patrol", "A red starfish", $"{Badge}/v2.svg"],
            words => Assert.Contains(words, newest));
    }

    public void Dispose() => Directory.Delete(_cities, recursive: true);

    private static async Task<string> InvitationAsync(HubProcess hub, SampleLearner learner)
    {
        using var delivery = SampleHub.Message(SampleHub.Finish(SampleHub.Plymouth("hub"), learner));
        using var answer = await hub.Client.SendAsync(delivery, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        ReceivedMail? mail = null;
        await Wait.UntilAsync(
            async () => (mail = (await hub.MailboxAsync()).SingleOrDefault()) is not null,
            TimeSpan.FromMinutes(2),
            () => "No message came.");
        return mail!.ClaimLink().PathAndQuery;
    }

    private static async Task<string> PageAsync(HubProcess hub, HttpMethod method, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await hub.Client.SendAsync(request, Cancel);
        Assert.Equal((path, HttpStatusCode.OK), (path, response.StatusCode));
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    private void CopySamples()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.SampleCities, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_cities, Path.GetRelativePath(Repository.SampleCities, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private void RaiseVersion()
    {
        var file = Path.Combine(_cities, "plymouth", "badges", "tide-pool-surveyor.json");
        File.WriteAllText(file, File.ReadAllText(file)
            .Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)
            .Replace("Tide pool surveyor", "Shore warden", StringComparison.Ordinal)
            .Replace("Recognises", "Guards", StringComparison.Ordinal)
            .Replace("a guided survey", "a guided patrol", StringComparison.Ordinal)
            .Replace("An orange starfish", "A red starfish", StringComparison.Ordinal));
    }
}
