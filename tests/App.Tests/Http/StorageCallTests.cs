using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using CitiesOfLearning.App.Tests.Journeys;
using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>What a badge costs in requests to storage: docs/benchmarks.md has the table, and this holds it.</summary>
public sealed class StorageCallTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_stage_asks_storage_for_what_the_benchmarks_page_says()
    {
        var account = await TestStorage.ConnectionStringAsync();
        await using var proxy = await StorageProxy.StartAsync(account);

        // What the hub remembers of its cities does not grow old meanwhile.
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await HubApp.StartAsync(proxy.ConnectionString, s => s.AddSingleton<TimeProvider>(time));
        using var hub = app.NewClient();
        var ada = new SampleLearner(7, "Ada Example", "ada@example.org");
        var table = new StringBuilder("| stage | calls | which |\n| --- | --- | --- |\n");

        // Warm: whatever is remembered, is.
        await app.FinishAsync(SampleHub.Plymouth("moodle"), ada);
        await WalkAsync("a warm learner", new SampleLearner(0, "Grace", "grace@example.org"), new StringBuilder(), int.MaxValue);

        await WalkAsync("a new learner", new SampleLearner(0, "Mary", "mary@example.org"), table, 31);
        await WalkAsync("a known learner", ada, table, 27);

        var counted = table.ToString();
        TestContext.Current.TestOutputHelper!.WriteLine(counted);
        var page = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "benchmarks.md"), Cancel)).ReplaceLineEndings("\n");
        Assert.True(page.Contains(counted, StringComparison.Ordinal), $"docs/benchmarks.md does not have this table:\n{counted}");

        async Task WalkAsync(string who, SampleLearner learner, StringBuilder rows, int atMost)
        {
            using var hook = SampleHub.Message(SampleHub.Finish(SampleHub.Plymouth("hub"), learner));
            proxy.Take();
            (await hub.SendAsync(hook, Cancel)).EnsureSuccessStatusCode();
            var toMail = Row("RECEIVE");
            foreach (var (stage, queue) in new[]
            {
                ("UNDERSTAND", HubStorage.DeliveriesQueue),
                ("ISSUE", HubStorage.AwardsQueue),
                ("NOTIFY", HubStorage.MailQueue),
            })
            {
                Assert.True(await app.RunNextAsync(queue));
                toMail += Row(stage);
            }

            rows.Append($"| **hook to mail, {who}** | **{toMail}** | |\n");
            Assert.InRange(toMail, 1, atMost);
            if (who == "a known learner")
            {
                return;
            }

            var link = app.Mail.List().First(m => m.To == learner.Email).Links.First(l => l.Contains("/claim/"));
            await GetAsync(link);
            var look = Row("CLAIM: look");
            using var claimed = await hub.PostAsJsonAsync(link, new { email = learner.Email }, Cancel);
            var claim = (await claimed.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
            var post = Row("CLAIM: post");
            Assert.InRange(post, 1, 6);
            var (badge, access) = (new Uri((string)claim["badge"]!).AbsolutePath, (string)claim["access"]!);
            await GetAsync(badge, access);
            Assert.InRange(look + post + Row("CLAIM: page"), 3, 7);
            var png = await (await GetAsync($"{badge}.png", access, "image/png")).Content.ReadAsByteArrayAsync(Cancel);
            Row("badge as PNG");
            using (var file = new ByteArrayContent(png) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } })
            {
                (await hub.PostAsync("verify", file, Cancel)).EnsureSuccessStatusCode();
            }

            Row("VERIFY a file");
            var revoke = $"manage/plymouth/awards/{badge.Split('/')[^1]}/revoke";
            (await hub.PostAsJsonAsync(revoke, new { reason = "A try." }, Cancel)).EnsureSuccessStatusCode();
            await RunWhatWaitsAsync();
            Assert.InRange(Row("REVOKE", ("put blob", 1), ("query entities", 1)), 1, 11);
            await GetAsync("manage/plymouth/deliveries");
            Assert.Equal(1, Row("`/manage/deliveries`", ("query entities", 1)));

            int Row(string stage, params (string Kind, int Count)[] exactly)
            {
                var calls = proxy.Take();
                Assert.All(exactly, e => Assert.Equal(e.Count, calls.Count(c => c.Kind == e.Kind)));
                var kinds = calls.GroupBy(c => c.Kind).Select(k => k.Count() > 1 ? $"{k.Count()} × {k.Key}" : k.Key);
                rows.Append($"| {stage} | {calls.Count} | {string.Join(", ", kinds)} |\n");
                return calls.Count;
            }
        }

        async Task<HttpResponseMessage> GetAsync(string path, string? access = null, string accept = "text/html")
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Accept.ParseAdd(accept);
            request.Headers.Authorization = access is null ? null : new AuthenticationHeaderValue("Bearer", access);
            return (await hub.SendAsync(request, Cancel)).EnsureSuccessStatusCode();
        }

        // Looked for beside the proxy: nobody counts who looks in vain.
        async Task RunWhatWaitsAsync()
        {
            foreach (var queue in new[] { HubStorage.DeliveriesQueue, HubStorage.AwardsQueue, HubStorage.MailQueue })
            {
                while ((await new QueueClient(account, queue).PeekMessageAsync(Cancel)).Value is not null)
                {
                    await app.RunNextAsync(queue);
                }
            }
        }
    }
}
