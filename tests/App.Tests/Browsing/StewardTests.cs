using System.Text.Json.Nodes;
using CitiesOfLearning.App.Tests.Journeys;
using Microsoft.Playwright;

namespace CitiesOfLearning.App.Tests.Browsing;

/// <summary>What a steward does, and the slip that a learner without email is given.</summary>
public sealed class StewardTests
{
    private static readonly Lazy<Task<string>> Award = new(AwardAsync);

    [Fact]
    public async Task A_badge_is_paused_and_resumed_and_a_slip_lets_it_be_claimed()
    {
        var award = await AwardedInBrightonAsync();
        await using var steward = await Visitor.ArriveAsync(1280);
        var page = steward.Page;
        await steward.GoAsync("manage/brighton/deliveries?lang=en");
        await steward.LookAsync("en");
        await page.Locator($"a[href^='/manage/brighton/awards/{award}']").First.ClickAsync();
        await steward.LookAsync("en");

        await steward.TypeAsync(page.Locator("#suspend-reason"), "Asked to look again");
        await steward.PressAsync(steward.Button("Pause this award"));
        Assert.Contains("Asked to look again", await page.Locator(".history").InnerTextAsync());
        await steward.TypeAsync(page.Locator("#resume-reason"), "All is well");
        await steward.PressAsync(steward.Button("Resume this award"));
        Assert.Equal(0, await page.Locator("#resume-reason").CountAsync());
        Assert.EndsWith("?lang=en", page.Url);

        await steward.PressAsync(steward.Button("Make a slip"));
        await steward.LookAsync("en");
        var slip = await page.Locator(".steps .code").AllInnerTextsAsync();
        await using var learner = await Visitor.ArriveAsync(360);
        await learner.GoAsync("claim?lang=en");
        await learner.LookAsync("en");
        await learner.TypeAsync(learner.Page.Locator("#code"), slip[0]);
        await learner.TypeAsync(learner.Page.Locator("#word"), "nonsense");
        await learner.PressAsync(learner.Button("Claim my badge"));
        Assert.Contains("do not work together", await learner.Page.Locator(".error-summary").InnerTextAsync());
        await learner.LookAsync("en");
        await learner.TypeAsync(learner.Page.Locator("#word"), slip[1]);
        await learner.PressAsync(learner.Button("Claim my badge"));

        Assert.Contains($"/badges/{award}?lang=en", learner.Page.Url);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_take_a_badge_back()
    {
        var award = await AwardedInBrightonAsync();
        var hub = await RunningHub.AddressAsync();
        await using var context = await Browser.OpenAsync(1280);
        var page = await context.NewPageAsync();
        await page.RouteAsync("http://elsewhere.test/", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html",
            Body =
                $"<form method=post action='{hub}manage/brighton/awards/{award}/revoke'><input name=reason value=x><button>Win a " +
                "prize</button></form>",
        }));
        await page.GotoAsync("http://elsewhere.test/");

        var answer = await page.RunAndWaitForResponseAsync(() => page
            .GetByRole(AriaRole.Button)
            .ClickAsync(), response => response.Request.Method == "POST");

        Assert.Equal(403, answer.Status);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Nothing_is_in_the_way_on_the_pages_for_everyone(int width)
    {
        await using var visitor = await Visitor.ArriveAsync(width);
        foreach (var path in new[]
        {
            "",
            "cities/plymouth",
            "cities/plymouth/catalogue",
            "cities/plymouth/badges/python-beginner/v1",
            "claim/nothing",
            "nowhere"
        })
        {
            await visitor.GoAsync(path + "?lang=en");
            await visitor.LookAsync("en");
        }
    }

    private static Task<string> AwardedInBrightonAsync() => Award.Value;

    // Nobody else finishes this course.
    private static async Task<string> AwardAsync()
    {
        using var hub = await RunningHub.ClientAsync();
        const string Address = "slip@example.org";
        using var sent = await hub.PostAsync(
            "local/finish/brighton/standard-webhooks", new FormUrlEncodedContent([new("name", "Sam"), new("email", Address)]));
        await LocalMail.WaitForAsync(hub, Address, "brighton");
        var deliveries = JsonNode.Parse(await hub.GetStringAsync("manage/brighton/deliveries"))!.AsArray();
        return (string)deliveries.First(d => (string)d!["source"]! == "standard-webhooks")!["decisions"]![0]!["award"]!;
    }
}
