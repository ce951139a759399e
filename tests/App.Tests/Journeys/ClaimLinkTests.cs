using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>Rows 1 and 4 of the security table: looking changes nothing, and links that open nothing look the same.</summary>
[Collection(SampleHubTests.Name)]
public sealed class ClaimLinkTests(SampleHub hub) : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetching_a_link_changes_nothing_however_often_and_whoever_fetches()
    {
        var (link, address) = await InvitationAsync("kensa@example.org");
        var award = hub.Process.Ids.AwardId(
            SampleCity.Plymouth, "tide-pool-surveyor", hub.Process.Ids.LearnerId(SampleCity.Plymouth, address)).ToString();
        string[] before = [];
        await hub.UntilAsync(
            async () => (before = await RowsAsync(award)).Any(r => r.Contains("State=Notified", StringComparison.Ordinal)),
            "It is not written down that the message was sent");

        var lengths = new HashSet<long?>();
        for (var i = 0; i < 50; i++)
        {
            using var request = new HttpRequestMessage(i % 2 == 0 ? HttpMethod.Get : HttpMethod.Head, link);
            request.Headers.Accept.ParseAdd("text/html");
            request.Headers.UserAgent.ParseAdd(i % 3 == 0 ? "Mozilla/5.0" : "MailScanner/1.0");
            request.Headers.TryAddWithoutValidation(i % 4 == 0 ? "Purpose" : "Sec-Purpose", "prefetch;prerender");
            using var response = await hub.Client.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
            Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.DoesNotContain("Set-Cookie", response.Headers.Select(h => h.Key));
            lengths.Add(response.Content.Headers.ContentLength);
        }

        Assert.Single(lengths);
        Assert.Equal(before, await RowsAsync(award));
    }

    [Fact]
    public async Task Unknown_withdrawn_and_malformed_links_look_the_same()
    {
        var (link, learner) = await InvitationAsync("derwa@example.org");
        var badge = await hub.ClaimAsync(link, new { email = learner });
        await hub.ManageAsync($"awards/{badge.Id}/revoke", new { reason = "A try." });
        var token = link.Split('/', '?')[2];
        string[] tokens = [token, new string(token[0], token.Length), "%3Cscript%3E", new string('A', 500)];

        var pages = new List<string>();
        var answers = new List<string>();
        foreach (var each in tokens)
        {
            // The page says its own address once in each link to another language.
            pages.Add((await hub.PageAsync($"/claim/{each}", HttpStatusCode.NotFound)).Replace(each, "…"));
            using var post = await hub.Client.PostAsJsonAsync($"/claim/{each}", new { email = learner }, Cancel);
            answers.Add(
                $"{post.StatusCode} {post.Headers} {await post.Content.ReadAsStringAsync(Cancel)}".Replace($"{post.Headers.Date:R}", ""));
        }

        Assert.Single(pages.Distinct());
        Assert.Single(answers.Distinct());
    }

    public void Dispose() => hub.AssertLogNamesNobody();

    private async Task<(string Link, string Address)> InvitationAsync(string address)
    {
        await hub.FinishAsync("hub", new SampleLearner(0, "Somebody Example", address));
        return ((await hub.InvitationAsync(address, "Tide pool surveyor")).Link, address);
    }

    /// <summary>The award and its tickets, and every try that was counted, each with its version.</summary>
    private async Task<string[]> RowsAsync(string award)
    {
        var rows = new List<string>();
        foreach (var table in new[] { hub.Process.Storage.Awards, hub.Process.Storage.Claims })
        {
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancel))
            {
                rows.Add($"{table.Name} {row.RowKey} {row.ETag} {string.Join(", ", row.Select(c => $"{c.Key}={c.Value}"))}");
            }
        }

        return [.. rows.Where(r => r.Contains(award, StringComparison.Ordinal) || r.Contains("=tries", StringComparison.Ordinal))];
    }
}
