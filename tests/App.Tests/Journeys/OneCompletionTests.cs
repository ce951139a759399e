using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>The whole way through, over HTTP, for each kind of sender and each kind of learner.</summary>
[Collection(SampleHubTests.Name)]
public sealed class OneCompletionTests(SampleHub hub) : IDisposable
{
    private static readonly SampleLearner Tamsin = new(0, "Tamsin Example", "tamsin+shore@example.org");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Sources => new()
    {
        { "moodle", SampleLearner.Ada.Email, "Python for beginners" },
        { "code-club", SampleLearner.AdaAtGitHub.Email, "Code Club graduate" },
        { "hub", Tamsin.Email, "Tide pool surveyor" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_completion_becomes_a_badge_that_an_employer_can_verify(string source, string address, string badge)
    {
        await hub.FinishAsync(source, source switch
        {
            "moodle" =>
            SampleLearner.Ada,
            "code-club" => SampleLearner.AdaAtGitHub,
            _ => Tamsin
        });
        var (mail, link) = await hub.InvitationAsync(address, badge);
        Assert.NotEmpty(mail.Text);

        await hub.PageAsync(link);
        using var wrong = await hub.Client.PostAsJsonAsync(link, new { email = "somebody.else@example.org" }, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var claimed = await hub.ClaimAsync(link, new { email = address.ToUpperInvariant() });
        Assert.Equal(claimed.Path, (await hub.ClaimAsync(link, new { email = address })).Path);

        foreach (var (form, mediaType) in new[] { ("png", "image/png"), ("svg", "image/svg+xml"), ("jwt", "application/vc+jwt") })
        {
            Assert.Equal("yes yes yes", await hub.Process.VerifyAsync(await DownloadAsync(claimed, form, mediaType), mediaType));
        }

        var json = await DownloadAsync(claimed, "json", "application/vc");
        Assert.Contains(badge, Encoding.UTF8.GetString(json));
        Assert.Equal("yes yes yes", await hub.Process.VerifyAsync(json, "application/json"));
    }

    [Fact]
    public async Task A_learner_shows_the_badge_without_evidence_and_result_and_it_still_verifies()
    {
        var learner = new SampleLearner(0, "Elowen Example", "elowen@example.org");
        await hub.FinishAsync("hub", learner);
        var (_, link) = await hub.InvitationAsync(learner.Email, "Tide pool surveyor");
        var claimed = await hub.ClaimAsync(link, new { email = learner.Email });

        var whole = await DownloadAsync(claimed, "json", "application/vc");
        var part = await DownloadAsync(claimed, "json", "application/vc", "?leaveOut=evidence,result");
        using var nonsense = await hub.GetAsync($"{claimed.Path}.json?leaveOut=issuer", claimed.Key);

        Assert.Equal(
            ("yes yes yes", "yes yes yes"),
            (await hub.Process.VerifyAsync(whole, "application/vc"), await hub.Process.VerifyAsync(part, "application/vc")));
        Assert.All(["records.example.org", "\"result\"", "\"87\""], secret =>
        {
            Assert.Contains(secret, Encoding.UTF8.GetString(whole));
            Assert.DoesNotContain(secret, Encoding.UTF8.GetString(part));
        });
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
        foreach (var form in new[] { "png", "svg", "jwt" })
        {
            using var refused = await hub.GetAsync($"{claimed.Path}.{form}?leaveOut=evidence,result", claimed.Key);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        Assert.Contains("leaveOut=evidence,result", await hub.PageAsync(claimed.Path, key: claimed.Key));
    }

    [Fact]
    public async Task A_badge_is_private_until_its_learner_shares_it()
    {
        var learner = new SampleLearner(0, "Jory Example", "jory@example.org");
        await hub.FinishAsync("hub", learner);
        var (_, link) = await hub.InvitationAsync(learner.Email, "Tide pool surveyor");
        var claimed = await hub.ClaimAsync(link, new { email = learner.Email });

        foreach (var form in new[] { "", ".png", ".svg", ".json", ".jwt" })
        {
            using var stranger = await hub.GetAsync(claimed.Path + form);
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        }

        await hub.PageAsync(claimed.Path, HttpStatusCode.NotFound);
        using var intruder = await hub.Client.PostAsJsonAsync(claimed.Path, new { visibility = "public" }, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, intruder.StatusCode);

        await ShareAsync(claimed, "public");
        Assert.Contains("Tide pool surveyor", await hub.PageAsync(claimed.Path));
        using (var download = await hub.GetAsync(claimed.Path + ".png"))
        {
            Assert.Equal(HttpStatusCode.OK, download.StatusCode);
        }

        await ShareAsync(claimed, "private");
        await hub.PageAsync(claimed.Path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Suspending_resuming_and_revoking_show_at_once()
    {
        var learner = new SampleLearner(0, "Meraud Example", "meraud@example.org");
        await hub.FinishAsync("hub", learner);
        var (_, link) = await hub.InvitationAsync(learner.Email, "Tide pool surveyor");
        var claimed = await hub.ClaimAsync(link, new { email = learner.Email });
        var png = await DownloadAsync(claimed, "png", "image/png");

        foreach (var (change, answers) in new[] { ("suspend", "yes no yes"), ("resume", "yes yes yes"), ("revoke", "yes no yes") })
        {
            await hub.ManageAsync($"awards/{claimed.Id}/{change}", new { reason = "A try." });
            Assert.Equal((change, answers), (change, await hub.Process.VerifyAsync(png, "image/png")));
        }

        using var afterwards = await hub.Client.PostAsJsonAsync(
            $"/manage/plymouth/awards/{claimed.Id}/resume", new { reason = "A try." }, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, afterwards.StatusCode);
    }

    [Fact]
    public async Task A_welsh_learner_reads_welsh_from_the_message_to_the_badge()
    {
        await hub.FinishAsync("moodle", SampleLearner.Gethin);

        var (mail, link) = await hub.InvitationAsync(SampleLearner.Gethin.Email, "Python i ddechreuwyr");
        var claimed = await hub.ClaimAsync(link, new { email = SampleLearner.Gethin.Email });
        using var credential = JsonDocument.Parse(await DownloadAsync(claimed, "json", "application/vc"));

        Assert.Contains("<html lang=\"cy\">", mail.Html);
        Assert.Contains("Python i ddechreuwyr", mail.Text);
        Assert.Contains("<html lang=\"cy\">", await hub.PageAsync(link));
        Assert.Equal("Python i ddechreuwyr", credential.RootElement
            .GetProperty("credentialSubject")
            .GetProperty("achievement")
            .GetProperty("name")
            .GetString());
    }

    [Fact]
    public async Task A_learner_without_email_claims_with_a_printed_slip()
    {
        const string MorwennasAccount = "9";
        var ids = hub.Process.Ids;
        var award = ids.AwardId(SampleCity.Plymouth, "python-beginner", ids.LearnerId(SampleCity.Plymouth, "moodle", MorwennasAccount));
        await hub.FinishAsync("moodle", new SampleLearner(9, "Morwenna", ""));
        await hub.UntilAsync(
            async () =>
            {
                using var answer = await hub.GetAsync($"/manage/plymouth/awards/{award}", accept: "application/json");
                return answer.IsSuccessStatusCode
                    && (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("state").GetString() == "issued";
            },
            "The badge was not issued.");

        var slip = await hub.ManageAsync($"awards/{award}/slip", new { });
        var (code, word) = (slip.GetProperty("code").GetString()!, slip.GetProperty("word").GetString()!);
        using var wrong = await hub.Client.PostAsJsonAsync("/claim", new { code, word = "lighthouse" }, Cancel);
        var claimed = await hub.ClaimAsync("/claim", new { code = $" {code.ToLowerInvariant()} ", word = word.ToUpperInvariant() });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(award.ToString(), claimed.Id);
        Assert.Equal("yes yes yes", await hub.Process.VerifyAsync(await DownloadAsync(claimed, "png", "image/png"), "image/png"));
    }

    [Fact]
    public async Task A_learner_whom_nobody_knows_waits_for_a_steward()
    {
        await hub.FinishAsync("moodle", new SampleLearner(404404, "Nobody", ""));

        var delivery = await hub.DeliveryAsync("waiting");

        var decision = Assert.Single(delivery.GetProperty("decisions").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, decision.GetProperty("award").ValueKind);
        Assert.Contains("Who is this?", await hub.PageAsync("/manage/plymouth/deliveries"));
    }

    [Fact]
    public async Task A_test_ping_is_answered_and_shown_and_never_issues()
    {
        var source = SampleHub.Plymouth("code-club");
        var body = """{"zen":"Keep it logically awesome.","hook_id":1,"sender":{"login":"ada-codes"}}"""u8.ToArray();
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SampleHub.Secret(source)), body));
        using var ping = SampleHub.Message(new SampleRequest(
            "/hooks/plymouth/code-club",
            [
                new("Content-Type", "application/json"),
                new("X-GitHub-Event", "ping"),
                new("X-GitHub-Delivery", "ping-1"),
                new("X-Hub-Signature-256", $"sha256={signature}"),
            ],
            body));

        using var answer = await hub.Client.SendAsync(ping, Cancel);
        var delivery = await hub.DeliveryAsync("ping");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(JsonValueKind.Null, Assert.Single(delivery.GetProperty("decisions").EnumerateArray()).GetProperty("award").ValueKind);
    }

    public void Dispose() => hub.AssertLogNamesNobody();

    private async Task<byte[]> DownloadAsync(ClaimedBadge badge, string form, string mediaType, string query = "")
    {
        using var response = await hub.GetAsync($"{badge.Path}.{form}{query}", badge.Key);
        Assert.Equal((HttpStatusCode.OK, mediaType), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return await response.Content.ReadAsByteArrayAsync(Cancel);
    }

    private async Task ShareAsync(ClaimedBadge badge, string visibility)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, badge.Path) { Content = JsonContent.Create(new { visibility }) };
        request.Headers.Authorization = new("Bearer", badge.Key);
        using var response = await hub.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
