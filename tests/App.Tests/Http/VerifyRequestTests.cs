using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>Every way to hand in a badge, and what must never be believed.</summary>
public sealed class VerifyRequestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("svg", "image/svg+xml")]
    [InlineData("jwt", "application/vc+jwt")]
    [InlineData("json", "application/vc")]
    public async Task A_badge_is_verified_as_the_body_and_as_an_uploaded_file(string form, string mediaType)
    {
        using var hub = await SharedHub.ClientAsync();
        var bytes = await (await ClaimedBadge.OneAsync()).FileAsync(hub, form);
        using var upload = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", "badge." + form } };

        var asBody = await VerifyAsync(hub, Bytes(bytes, mediaType));
        var asFile = await VerifyAsync(hub, upload);

        Assert.Equal(("yes", "yes", "yes"), Answers(asBody));
        Assert.Equal(("yes", "yes", "yes"), Answers(asFile));
        Assert.Equal("Tide pool surveyor", (string)asBody["badge"]!["name"]!, ignoreCase: true);
    }

    [Fact]
    public async Task A_credential_is_verified_as_pasted_text_and_as_JSON()
    {
        using var hub = await SharedHub.ClientAsync();
        var jwt = Encoding.ASCII.GetString(await (await ClaimedBadge.OneAsync()).FileAsync(hub, "jwt"));
        using var multipart = new MultipartFormDataContent { { new StringContent($"\n {jwt} \n"), "credential" } };

        Assert.Equal(("yes", "yes", "yes"), Answers(await VerifyAsync(hub, multipart)));
        Assert.Equal(("yes", "yes", "yes"), Answers(await VerifyAsync(hub, new FormUrlEncodedContent([new("credential", jwt)]))));
        Assert.Equal(("yes", "yes", "yes"), Answers(await VerifyAsync(hub, JsonContent.Create(new { credential = jwt }))));
    }

    [Theory]
    [InlineData("https://badges.example/assertions/1")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task A_foreign_address_could_not_be_checked(string url)
    {
        using var hub = await SharedHub.ClientAsync();

        var report = await VerifyAsync(hub, JsonContent.Create(new { url }));

        Assert.Equal("unknown", Answers(report).Authentic);
    }

    [Fact]
    public async Task The_address_of_a_private_badge_tells_nothing()
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();

        var report = await VerifyAsync(hub, JsonContent.Create(new { url = new Uri(hub.BaseAddress!, $"badges/{badge.Id}") }));

        Assert.Equal("unknown", Answers(report).Authentic);
        Assert.Null(report["badge"]);
    }

    [Fact]
    public async Task A_link_with_a_slash_at_its_end_or_unseen_characters_around_it_is_the_same_link()
    {
        await using var app = await HubApp.StartAsync();
        using var hub = app.NewClient();
        var badge = await ClaimedBadge.ClaimAsync(app);
        using var shared = new HttpRequestMessage(HttpMethod.Post, $"badges/{badge.Id}")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", badge.Access) },
            Content = JsonContent.Create(new { visibility = "public" }),
        };
        (await hub.SendAsync(shared, Cancel)).EnsureSuccessStatusCode();
        var address = new Uri(hub.BaseAddress!, $"badges/{badge.Id}");

        Assert.Equal("yes", Answers(await VerifyAsync(hub, JsonContent.Create(new { url = $"{address}/" }))).Authentic);
        Assert.Equal("yes", Answers(await VerifyAsync(hub, JsonContent.Create(new { url = $"\u200b {address}\u200b" }))).Authentic);
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync($"badges/{badge.Id}/", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hub.GetAsync($"{badge.ClaimPath}/", Cancel)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Forgeries.Names), MemberType = typeof(Forgeries))]
    public async Task A_forgery_is_not_authentic(string name)
    {
        using var hub = await SharedHub.ClientAsync();
        var jwt = Encoding.ASCII.GetString(await (await ClaimedBadge.OneAsync()).FileAsync(hub, "jwt"));

        var report = await VerifyAsync(hub, Bytes(Encoding.ASCII.GetBytes(Forgeries.Of(name, jwt)), "application/vc+jwt"));

        Assert.Equal("no", Answers(report).Authentic);
        Assert.NotEqual("yes", Answers(report).Authorised);
    }

    [Fact]
    public async Task More_than_ten_megabytes_are_refused()
    {
        using var hub = await SharedHub.ClientAsync();
        var large = new byte[11 * 1024 * 1024];
        using var upload = new MultipartFormDataContent { { new ByteArrayContent(large), "file", "badge.png" } };

        using var asBody = await hub.PostAsync("verify", Bytes(large, "image/png"), Cancel);
        using var asFile = await hub.PostAsync("verify", upload, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, asBody.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, asFile.StatusCode);
    }

    [Fact]
    public async Task A_photo_without_a_badge_is_called_that()
    {
        using var hub = await SharedHub.ClientAsync();
        using var upload = new MultipartFormDataContent { { new ByteArrayContent(Some.Png()), "file", "holiday.png" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "verify") { Content = upload };
        request.Headers.Accept.ParseAdd("text/html");

        using var page = await hub.SendAsync(request, Cancel);
        var report = await VerifyAsync(hub, Bytes(Some.Png(), "image/png"));

        Assert.Contains("error-summary", await page.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(("unknown", "unknown", "unknown"), Answers(report));
        Assert.Equal("unknown", (string)report["checks"]!.AsArray().First(c => (string)c!["id"]! == "input")!["outcome"]!);
    }

    [Theory]
    [InlineData("application/octet-stream", "not a badge")]
    [InlineData("image/png", "\u0089PNG\r\n\u001a\nbroken")]
    [InlineData("application/vc+jwt", "a.b.c")]
    [InlineData(
        "image/svg+xml", "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&x;</svg>")]
    public async Task Garbage_is_never_a_yes(string mediaType, string body)
    {
        using var hub = await SharedHub.ClientAsync();

        var report = await VerifyAsync(hub, Bytes(Encoding.Latin1.GetBytes(body), mediaType));

        Assert.Equal(("unknown", "unknown", "unknown"), Answers(report));
    }

    [Theory]
    [InlineData("application/json", "{\"credential\":")]
    [InlineData("application/json", "{\"credential\":\"a\",\"credential\":\"b\"}")]
    [InlineData("application/json", "")]
    [InlineData("application/x-www-form-urlencoded", "")]
    public async Task What_cannot_be_read_at_all_is_a_bad_request(string mediaType, string body)
    {
        using var hub = await SharedHub.ClientAsync();

        using var answer = await hub.PostAsync("verify", Bytes(Encoding.UTF8.GetBytes(body), mediaType), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("/problems/bad-request", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["type"]!);
    }

    private static ByteArrayContent Bytes(byte[] bytes, string mediaType) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    private static (string Authentic, string Current, string Authorised) Answers(JsonNode report) =>
        ((string)report["answers"]!["authentic"]!, (string)report["answers"]!["current"]!, (string)report["answers"]!["authorised"]!);

    private static async Task<JsonNode> VerifyAsync(HttpClient hub, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "verify") { Content = content };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await hub.SendAsync(request, Cancel);
        return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel))!;
    }
}
