using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CitiesOfLearning.App.Tests.Journeys;
using CitiesOfLearning.DevHost.Senders;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>Rosters and "who is this?" by plain forms, as a browser without script sends them, and as JSON.</summary>
public sealed class WhoRequestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_roster_is_uploaded_by_form_and_says_what_became_of_each_line()
    {
        using var hub = await SharedHub.ClientAsync();
        const string File = "account;address;name;language\n501;nia@example.org;Nia;cy\n;;;\n502;nobody at all;Tom;en\n";

        using var page = await hub.SendAsync(Upload("moodle", File, "text/html"), Cancel);
        using var again = await hub.SendAsync(Upload("moodle", File, "application/json"), Cancel);
        using var nothing = await hub.SendAsync(Upload("moodle", "", "text/html"), Cancel);
        using var nowhere = await hub.SendAsync(Upload("nowhere", File, "application/json"), Cancel);

        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("Line 4: ", html);
        Assert.DoesNotContain("nobody at all", html);
        var json = JsonNode.Parse(await again.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal((1, 0, 0, 1), ((int)json["taken"]!, (int)json["new"]!, (int)json["changed"]!, (int)json["unchanged"]!));
        Assert.Equal((4, "address"), ((int)json["refused"]![0]!["line"]!, (string)json["refused"]![0]!["reason"]!["key"]!));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (nothing.StatusCode, nowhere.StatusCode));
    }

    [Fact]
    public async Task A_roster_that_is_too_large_is_refused_before_it_is_read()
    {
        using var hub = await SharedHub.ClientAsync();

        using var answer = await hub.SendAsync(Upload("moodle", new string('x', 5 << 20), "application/json"), Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_steward_finds_the_learner_by_form_sees_who_it_is_and_what_waited_flows()
    {
        await using var app = await HubApp.StartAsync();
        using var hub = app.NewClient();
        await app.FinishAsync(SampleHub.Plymouth("hub"), new SampleLearner(0, "Sam", "sam@example.org"));
        await app.FinishAsync(SampleHub.Plymouth("moodle"), new SampleLearner(77, "", ""));
        var list = await PageAsync(hub, "manage/plymouth/who");
        var entry = list.QuerySelector("table a")!.GetAttribute("href")!;

        var looked = await PostAsync(hub, entry, ("answer", "learner"), ("address", "SAM@example.org"));
        var found = await ReadAsync(looked);
        var learner = found.QuerySelector("#found ~ ul input[name=learner]")!.GetAttribute("value")!;
        Assert.Contains("Sam", found.QuerySelector("#found ~ ul")!.TextContent);
        Assert.Single(app.Mail.List());

        var answered = await PostAsync(hub, entry, ("answer", "learner"), ("learner", learner));
        Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        var after = await PageAsync(hub, answered.Headers.Location!.ToString().TrimStart('/'));
        Assert.Contains("sam@example.org", after.QuerySelector(".notice")!.TextContent);
        var late = await PostAsync(hub, entry, ("answer", "notOurs"));
        Assert.EndsWith("late", late.Headers.Location!.ToString());
        await app.RunQueuesAsync();

        Assert.Equal(["sam@example.org", "sam@example.org"], app.Mail.List().Select(m => m.To));
        Assert.Empty((await PageAsync(hub, "manage/plymouth/who")).QuerySelectorAll("table"));
    }

    [Fact]
    public async Task The_same_in_JSON()
    {
        await using var app = await HubApp.StartAsync();
        using var hub = app.NewClient();
        await app.FinishAsync(SampleHub.Plymouth("moodle"), new SampleLearner(78, "", ""));
        var list = JsonNode.Parse(await hub.GetStringAsync("manage/plymouth/who", Cancel))!;
        var question = list["questions"]![0]!;
        var address = $"manage/plymouth/who/moodle/{question["question"]}";

        Assert.Equal((1, 1, "78"), ((int)list["count"]!, (int)list["completions"]!, (string)question["learner"]!["account"]!));
        foreach (var wrong in new JsonObject[]
        {
            new() { ["answer"] = "new", ["address"] = "at home" },
            new() { ["answer"] = "slip" },
            new() { ["answer"] = "learner", ["learner"] = "nobody" },
            new() { ["answer"] = "learner", ["account"] = "1", ["accountSource"] = "nowhere" },
            new() { ["answer"] = "finish" },
            [],
        })
        {
            using var refused = await hub.PostAsJsonAsync(address, wrong, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        using var answered = await hub.PostAsJsonAsync(address, new { answer = "slip", name = "Kim" }, Cancel);
        var json = JsonNode.Parse(await answered.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal(("slip", 0), ((string)json["answer"]!["answer"]!, (int)json["waiting"]!));
        using var elsewhere = await hub.PostAsJsonAsync(address.Replace("plymouth", "brighton"), new { answer = "notOurs" }, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        await app.RunQueuesAsync();
        var delivery = JsonNode.Parse(await hub.GetStringAsync("manage/plymouth/deliveries", Cancel))![0]!;
        Assert.Equal("awarded", (string)delivery["outcome"]!);
    }

    private static HttpRequestMessage Upload(string source, string file, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "manage/plymouth/rosters")
        {
            Content = new MultipartFormDataContent
            {
                { new StringContent(source), "source" },
                { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "roster.csv" },
            },
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        return request;
    }

    private static async Task<IHtmlDocument> PageAsync(HttpClient hub, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return await ReadAsync(await hub.SendAsync(request, Cancel));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient hub, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        };
        request.Headers.Accept.ParseAdd("text/html");
        return await hub.SendAsync(request, Cancel);
    }

    private static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Cancel), Cancel);
}
