using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Status;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>What went wrong: problem details for programs, a page for people.</summary>
public sealed class ProblemTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Nowhere =>
    [
        "nowhere", "cities/atlantis", "cities/atlantis/catalogue", "cities/atlantis/did.json", "cities/plymouth/badges/none",
        "cities/plymouth/badges/python-beginner/v9",
        "cities/plymouth/badges/python-beginner/none", "cities/plymouth/keys/none", "cities/plymouth/status/none-1",
        "cities/plymouth/status/revocation-999",
        "badges/none", "badges/none.png", "assets/none.css", "schemas/none.json", "manage/atlantis/deliveries",
        "manage/plymouth/awards/none", "cities/plymouth/image.gif", "badges/.png", "badges/none.", "verify/none/none", "none%2Fnone//",
    ];

    [Theory]
    [MemberData(nameof(Nowhere))]
    public async Task Nothing_here_is_a_problem_or_a_page(string path)
    {
        using var hub = await SharedHub.ClientAsync();

        using var problem = await GetAsync(hub, path, "application/json");
        using var page = await GetAsync(hub, path, "text/html");

        Assert.Equal(
            (HttpStatusCode.NotFound, "application/problem+json"), (problem.StatusCode, problem.Content.Headers.ContentType!.MediaType));
        var details = JsonNode.Parse(await problem.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal(("/problems/not-found", 404), ((string)details["type"]!, (int)details["status"]!));
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.Contains("<h1>Page not found</h1>", await page.Content.ReadAsStringAsync(Cancel));
        Assert.All([problem, page], answer => Assert.True(answer.Headers.CacheControl!.NoStore));
    }

    [Theory]
    [InlineData("POST", "")]
    [InlineData("POST", "nowhere")]
    [InlineData("POST", "cities/plymouth")]
    [InlineData("POST", "manage/plymouth/awards/none/none")]
    [InlineData("PUT", "verify")]
    [InlineData("DELETE", "badges/none")]
    [InlineData("PUT", "")]
    public async Task Nothing_to_change_here_is_a_problem(string method, string path)
    {
        using var hub = await SharedHub.ClientAsync();

        using var answer = await hub.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);

        Assert.Equal(
            (HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("verify", """{"url":"\ud800"}""")]
    [InlineData("verify", """{"credential":"\ud800"}""")]
    [InlineData("verify", "\"\\ud800\"")]
    [InlineData("claim", """{"code":"\ud800"}""")]
    [InlineData("claim/none", """{"\ud800":1}""")]
    [InlineData("claim/none", """{"email":"a\u0000b"}""")]
    [InlineData("claim/none", """{"email":"a","email":"b"}""")]
    [InlineData("claim/none", "{")]
    [InlineData("manage/plymouth/awards/none/suspend", """{"reason":"\ud800"}""")]
    public async Task JSON_that_cannot_be_read_is_the_callers_problem(string path, string json)
    {
        using var hub = await SharedHub.ClientAsync();

        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await hub.PostAsync(path, content, Cancel);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("same-origin", "null", HttpStatusCode.BadRequest)]
    [InlineData("same-origin", null, HttpStatusCode.BadRequest)]
    [InlineData("none", null, HttpStatusCode.BadRequest)]
    [InlineData(null, null, HttpStatusCode.BadRequest)]
    [InlineData(null, "ours", HttpStatusCode.BadRequest)]
    [InlineData(null, "null", HttpStatusCode.Forbidden)]
    [InlineData(null, "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", "ours", HttpStatusCode.Forbidden)]
    [InlineData("same-site", "null", HttpStatusCode.Forbidden)]
    public async Task Only_our_own_pages_and_programs_may_post_to_staff_routes(string? fetchSite, string? origin, HttpStatusCode status)
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"manage/plymouth/awards/{badge.Id}/suspend")
        {
            Content = new FormUrlEncodedContent([])
        };
        Add("Sec-Fetch-Site", fetchSite);
        Add("Origin", origin == "ours" ? hub.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin);

        using var answer = await hub.SendAsync(request, Cancel);

        // 400: it was let in, and the reason was missing.
        Assert.Equal(status, answer.StatusCode);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }
    }

    [Fact]
    public async Task A_steward_who_gives_no_reason_is_asked_for_it_on_the_awards_page()
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"manage/plymouth/awards/{badge.Id}/suspend?lang=cy")
        {
            Content = new FormUrlEncodedContent([new("reason", " ")])
        };
        request.Headers.Accept.ParseAdd("text/html");

        using var answer = await hub.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("error-summary", page);
        Assert.Contains("Dywedwch pam", page);
        Assert.Contains(badge.Id, page);
    }

    [Theory]
    [InlineData("en", "Say why in 500 characters at most")]
    [InlineData("cy", "Dywedwch pam mewn 500 nod ar y mwyaf")]
    public async Task A_reason_that_is_too_long_is_not_asked_for_again_as_if_it_were_missing(string language, string sentence)
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"manage/plymouth/awards/{badge.Id}/resume?lang={language}")
        {
            Content = new FormUrlEncodedContent([new("reason", new string('y', Stewardship.MaxReasonCharacters + 1))]),
            Headers = { { "Accept", "text/html" } },
        };

        using var answer = await hub.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("RESUME")]
    public async Task A_change_may_be_written_in_any_case(string change)
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();

        using var answer = await hub.PostAsJsonAsync($"manage/plymouth/awards/{badge.Id}/{change}", new { reason = "A try." }, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.NotFound)]
    [InlineData(1, HttpStatusCode.BadRequest)]
    public async Task A_reason_may_be_as_long_as_the_pages_field(int more, HttpStatusCode expected)
    {
        using var hub = await SharedHub.ClientAsync();
        using var content = new FormUrlEncodedContent([new("reason", new string('y', Stewardship.MaxReasonCharacters + more))]);

        // There is no such award, which is looked up only with a reason that counts.
        using var answer = await hub.PostAsync($"manage/plymouth/awards/{new string('0', 26)}/suspend", content, Cancel);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_a_page_too()
    {
        using var hub = await SharedHub.ClientAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "claim")
        {
            Content = new FormUrlEncodedContent([new("code", new string('x', 20_000))])
        };
        request.Headers.Accept.ParseAdd("text/html");

        using var answer = await hub.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("<h1>That is too large</h1>", await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient hub, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        return await hub.SendAsync(request, Cancel);
    }
}
