using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.App.Tests.Journeys;
using CitiesOfLearning.DevHost.Senders;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>F20: chat programs and people put a slash at the end of a link. It leads to where the link leads.</summary>
public sealed class FinalSlashTests
{
    private const string Address = "mary.slash@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("verify")]
    [InlineData("claim")]
    [InlineData("cities/plymouth")]
    [InlineData("cities/plymouth/catalogue")]
    [InlineData("cities/plymouth/badges/python-beginner")]
    [InlineData("cities/plymouth/badges/python-beginner/v1")]
    [InlineData("manage/plymouth/deliveries")]
    [InlineData("manage/plymouth/who")]
    public async Task A_page_is_the_same_page_with_it(string path)
    {
        using var hub = await SharedHub.ClientAsync();

        Assert.Equal(await HeadingAsync(hub, path), await HeadingAsync(hub, path + "/"));
        Assert.Equal(await HeadingAsync(hub, path + "?lang=cy"), await HeadingAsync(hub, path + "/?lang=cy"));
    }

    [Fact]
    public async Task So_are_a_claim_link_and_the_badge_it_leads_to()
    {
        await using var app = await HubApp.StartAsync();
        using var hub = app.NewClient();
        await app.FinishAsync(SampleHub.Plymouth("hub"), new SampleLearner(0, "Mary Anning", Address));
        var link = new Uri(app.Mail.List().Single().Links.First(l => l.Contains("/claim/", StringComparison.Ordinal))).AbsolutePath[1..];

        Assert.Equal(await HeadingAsync(hub, link), await HeadingAsync(hub, link + "/"));
        using var form = await hub.PostAsync(link + "/?lang=cy", new FormUrlEncodedContent([new("email", Address)]), Cancel);
        using var claimed = await hub.PostAsJsonAsync(link + "/", new { email = Address }, Cancel);
        var answer = (await claimed.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        var (badge, access) = (new Uri((string)answer["badge"]!).AbsolutePath[1..], (string)answer["access"]!);
        Assert.Equal((HttpStatusCode.SeeOther, $"/{badge}?lang=cy"), (form.StatusCode, form.Headers.Location!.OriginalString));

        // The learner's own page, by the cookie that the form set: its path must fit both.
        var cookie = form.Headers.GetValues("Set-Cookie").Single();
        Assert.True($"/{badge}/".StartsWith(Part(cookie, "path="), StringComparison.Ordinal), cookie);
        Assert.Equal(await HeadingAsync(hub, badge, cookie.Split(';')[0]), await HeadingAsync(hub, badge + "/", cookie.Split(';')[0]));
        using var request = new HttpRequestMessage(HttpMethod.Post, badge + "/")
        {
            Content = JsonContent.Create(new { visibility = "public" }),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", access) },
        };
        using var shared = await hub.SendAsync(request, Cancel);
        shared.EnsureSuccessStatusCode();

        Assert.Equal(await HeadingAsync(hub, badge), await HeadingAsync(hub, badge + "/"));
        Assert.Equal(await hub.GetStringAsync(badge, Cancel), await hub.GetStringAsync(badge + "/", Cancel));
        using var verified = await hub.PostAsJsonAsync("verify", new { url = $"{answer["badge"]}/" }, Cancel);
        var report = (await verified.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        Assert.Equal("yes", (string)report["answers"]!["authentic"]!);
    }

    private static string Part(string cookie, string name) => cookie
        .Split("; ")
        .First(p => p.StartsWith(name, StringComparison.OrdinalIgnoreCase))[name.Length..];

    private static async Task<string> HeadingAsync(HttpClient hub, string path, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await hub.SendAsync(request, Cancel);
        var html = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel);
        return html[html.IndexOf("<h1", StringComparison.Ordinal)..html.IndexOf("</h1>", StringComparison.Ordinal)];
    }
}
