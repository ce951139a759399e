using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.DevHost.Tests;

public sealed class FinishTests : IAsyncLifetime
{
    // The published example secrets of GitHub's documentation and of the Standard Webhooks libraries.
    private const string GitHubSecret = "It's a Secret to Everybody";
    private const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly string _data = Directory.CreateTempSubdirectory("finish-tests-").FullName;
    private RunningSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await RunningSite.StartAsync(
        _data,
        ["--Sources:plymouth:moodle:Secret=local-moodle-token",
        $"--Sources:plymouth:code-club:Secret={GitHubSecret}",
        $"--Sources:plymouth:hub:Secret={StandardSecret}"]);

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Every_sample_provider_has_its_button()
    {
        var page = await _site.Client.GetStringAsync("/local", Cancel);

        Assert.All(SampleProvider.All, provider => Assert.Contains($"action=\"/local/finish/{provider.City}/{provider.Source}\"", page));
        Assert.DoesNotContain("<script", page);
    }

    [Fact]
    public async Task Moodle_sends_its_token_and_a_new_completion_each_time()
    {
        await FinishAsync("plymouth/moodle", ("learner", "Gethin"));
        await FinishAsync("plymouth/moodle", ("learner", "Gethin"));

        var bodies = _site.Deliveries.Select(delivery => JsonNode.Parse(delivery.Body)!).ToList();
        Assert.Equal(2, bodies.Select(body => (int)body["objectid"]!).Distinct().Count());
        Assert.All(_site.Deliveries, delivery => Assert.Equal("/hooks/plymouth/moodle", delivery.Path));
        Assert.All(bodies, body =>
        {
            Assert.Equal(@"\core\event\course_completed", (string?)body["eventname"]);
            Assert.Equal(8, (int)body["relateduserid"]!);
            Assert.Equal(5, (int)body["courseid"]!);
            Assert.Equal("local-moodle-token", (string?)body["token"]);
        });
    }

    [Fact]
    public async Task GitHub_signs_the_raw_body()
    {
        await FinishAsync("plymouth/code-club", ("learner", "ada-codes"));

        var (_, headers, body) = Assert.Single(_site.Deliveries);
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(GitHubSecret), body));
        Assert.Equal(signature, headers["X-Hub-Signature-256"]);
        Assert.Equal("workflow_run", headers["X-GitHub-Event"]);
        Assert.True(Guid.TryParse(headers["X-GitHub-Delivery"], out _));
        var run = JsonNode.Parse(body)!["workflow_run"]!;
        Assert.Equal(("Graduate", "success", 1001), ((string?)run["name"], (string?)run["conclusion"], (int)run["actor"]!["id"]!));
    }

    [Fact]
    public async Task Standard_Webhooks_signs_id_time_and_body()
    {
        await FinishAsync("plymouth/hub", ("name", "Mary Anning"), ("email", "mary+fossils@example.org"));

        var (_, headers, body) = Assert.Single(_site.Deliveries);
        var signed = Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{Encoding.UTF8.GetString(body)}");
        var key = Convert.FromBase64String(StandardSecret["whsec_".Length..]);
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)), headers["webhook-signature"]);
        Assert.Equal("mary+fossils@example.org", (string?)JsonNode.Parse(body)!["learner"]!["email"]);
    }

    [Fact]
    public async Task The_page_shows_exactly_what_was_sent()
    {
        var page = WebUtility.HtmlDecode(await FinishAsync("plymouth/hub", ("name", "O'Neill"), ("email", "o@example.org")));

        var (_, headers, body) = Assert.Single(_site.Deliveries);
        Assert.Contains(Encoding.UTF8.GetString(body), page);
        Assert.Contains($"webhook-signature: {headers["webhook-signature"]}", page);
        Assert.Contains("curl -i 'http://localhost:", page);
    }

    [Fact]
    public async Task Pages_name_the_cities_that_are_loaded_and_no_other()
    {
        await using var other = await RunningSite.StartAsync(_data, [], "brighton", "swansea");

        var page = await other.Client.GetStringAsync("/local", Cancel);

        Assert.Contains("href=\"/cities/brighton\"", page);
        Assert.Contains("href=\"/manage/swansea/deliveries\"", page);
        Assert.Contains("There are no sample senders for this city.", page);
        Assert.Equal(3, SampleProvider.All.Count(provider => page.Contains($"action=\"/local/finish/{provider.City}/{provider.Source}\"")));
        Assert.DoesNotContain("plymouth", page);
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_is_said()
    {
        await _site.StopHubAsync();

        using var form = new FormUrlEncodedContent([new("learner", "Ada")]);
        using var answer = await _site.Client.PostAsync("/local/finish/plymouth/moodle", form, Cancel);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains($"The hub does not answer at {_site.Hub}", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("plymouth/none", "Ada")]
    [InlineData("plymouth/moodle", "Nobody")]
    [InlineData("plymouth/hub", "")]
    public async Task What_the_samples_do_not_have_is_not_played(string source, string learner)
    {
        using var form = new FormUrlEncodedContent([new("learner", learner)]);

        using var answer = await _site.Client.PostAsync($"/local/finish/{source}", form, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_site.Deliveries);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nbroken")]
    public async Task What_is_no_form_is_refused(string? type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await _site.Client.PostAsync("/local/finish/plymouth/moodle", content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_site.Deliveries);
    }

    [Fact]
    public void Every_sample_provider_is_a_source_of_its_city_with_a_secret_in_the_sample_settings()
    {
        var sample = Path.Combine(Repository.Root, "localsettings-sample");
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(sample, "local.settings.json")))!["Values"]!;

        foreach (var provider in SampleProvider.All)
        {
            var source = File.ReadAllText(Path.Combine(sample, "cities", provider.City, "sources", provider.Source + ".json"));
            Assert.Contains($"'{provider.Activity}'", source);
            Assert.NotNull(settings[provider.SecretSetting.Replace(":", "__", StringComparison.Ordinal)]);
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Another_web_site_can_press_no_button(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/local/finish/plymouth/moodle")
        {
            Content = new FormUrlEncodedContent([new("learner", "Ada")]),
        };
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await _site.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(_site.Deliveries);
    }

    [Fact]
    public async Task Nothing_under_local_is_cached_or_scripted()
    {
        foreach (var path in (string[])["/local", "/local/mail", "/local/mail.json", "/local/nowhere"])
        {
            using var answer = await _site.Client.GetAsync(path, Cancel);

            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.StartsWith("default-src 'none'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")));
        }
    }

    private async Task<string> FinishAsync(string source, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await _site.Client.PostAsync($"/local/finish/{source}", form, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
