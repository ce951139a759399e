using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>What is one person's is kept nowhere, names nobody to other sites, and looks absent to everybody else.</summary>
public sealed class PersonalAnswerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("svg", "image/svg+xml")]
    [InlineData("json", "application/vc")]
    [InlineData("jwt", "application/vc+jwt")]
    public async Task Each_form_of_a_private_badge_is_its_learners_only(string form, string mediaType)
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();

        using var stranger = await hub.GetAsync($"badges/{badge.Id}.{form}", Cancel);
        using var learner = await SendAsync(hub, HttpMethod.Get, $"badges/{badge.Id}.{form}", badge.Access);
        using var head = await SendAsync(hub, HttpMethod.Head, $"badges/{badge.Id}.{form}", badge.Access);

        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.OK, learner.StatusCode);
        Assert.Equal(mediaType, learner.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"badge-{badge.Id}.{form}", learner.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'", learner.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", learner.Headers.GetValues("X-Content-Type-Options").Single());
        IsPersonal(learner);
        Assert.Equal(learner.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task A_private_badge_looks_like_one_that_never_was()
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();

        using var known = await hub.GetAsync($"badges/{badge.Id}", Cancel);
        using var unknown = await hub.GetAsync("badges/00000000000000000000000000", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, known.StatusCode);
        Assert.Equal(await unknown.Content.ReadAsStringAsync(Cancel), await known.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task The_claim_page_is_kept_nowhere_and_looking_changes_nothing()
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();

        using var page = await SendAsync(hub, HttpMethod.Get, badge.ClaimPath, accept: "text/html");
        using var head = await SendAsync(hub, HttpMethod.Head, badge.ClaimPath, accept: "text/html");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(page.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        IsPersonal(page);
        Assert.DoesNotContain(ClaimedBadge.Address, await page.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("manage/plymouth/deliveries")]
    [InlineData("manage/plymouth/who")]
    [InlineData("manage/plymouth/rosters")]
    [InlineData("claim")]
    public async Task So_are_the_pages_of_staff_and_of_slips(string path)
    {
        using var hub = await SharedHub.ClientAsync();

        using var page = await SendAsync(hub, HttpMethod.Get, path, accept: "text/html");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        IsPersonal(page);
    }

    [Fact]
    public async Task A_wrong_address_says_so_and_an_unknown_link_says_nothing_else()
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();
        var email = new FormUrlEncodedContent([new("email", "someone.else@example.org")]);

        using var wrong = await hub.PostAsync(badge.ClaimPath, email, Cancel);
        using var unknown = await hub.PostAsync("claim/0123456789abcdefghjkmnpqrstvwxyz", email, Cancel);
        using var nothing = await hub.PostAsync(badge.ClaimPath, new FormUrlEncodedContent([]), Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        Assert.All([wrong, unknown, nothing], IsPersonal);
    }

    [Fact]
    public async Task Claiming_by_form_leads_to_the_badge_in_the_same_language_with_a_key_for_this_browser_only()
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();

        using var claimed = await hub.PostAsync(
            badge.ClaimPath.Split('?')[0] + "?lang=cy", new FormUrlEncodedContent([new("email", " Mary.Anning@example.org")]), Cancel);

        Assert.Equal(HttpStatusCode.SeeOther, claimed.StatusCode);
        Assert.Equal($"/badges/{badge.Id}?lang=cy", claimed.Headers.Location!.OriginalString);
        var cookie = claimed.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Somebody_elses_form_cannot_make_a_badge_public()
    {
        using var hub = await SharedHub.ClientAsync();
        var badge = await ClaimedBadge.OneAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"badges/{badge.Id}")
        {
            Content = new FormUrlEncodedContent([new("visibility", "public"), new("csrf", "guess")])
        };
        request.Headers.Add("Cookie", $"badge-{badge.Id}={badge.Access}");

        using var refused = await hub.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("/problems/cross-site", (string)JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancel))!["type"]!);
    }

    private static void IsPersonal(HttpResponseMessage response)
    {
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Null(response.Headers.ETag);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient hub, HttpMethod method, string path, string? access = null, string accept = "*/*")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.ParseAdd(accept);
        if (access is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        }

        return await hub.SendAsync(request, Cancel);
    }
}
