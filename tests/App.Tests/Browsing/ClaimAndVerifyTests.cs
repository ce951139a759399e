using System.Text.RegularExpressions;
using CitiesOfLearning.App.Tests.Journeys;
using CitiesOfLearning.Hub.Texts;
using Microsoft.Playwright;

namespace CitiesOfLearning.App.Tests.Browsing;

/// <summary>
/// The whole way as a learner and an employer take it, by keyboard alone, on a phone and on a desktop, with script and without.
/// </summary>
public sealed class ClaimAndVerifyTests
{
    [Theory]
    [InlineData("plymouth", "Ada", "en", 360, true)]
    [InlineData("plymouth", "Gethin", "cy", 1280, false)]
    [InlineData("brighton", "Ada", "en", 1280, true)]
    [InlineData("brighton", "Gethin", "cy", 360, false)]
    public async Task A_finished_course_becomes_a_badge_that_anyone_can_verify(
        string city, string learner, string language, int width, bool script)
    {
        var texts = UserTexts.In(language);
        var address = $"{learner}@example.org".ToLowerInvariant();
        await using var visitor = await Visitor.ArriveAsync(width, script);
        var page = visitor.Page;

        // The course is finished, and the message comes.
        await visitor.GoAsync("local");
        await visitor.LookAsync();
        await visitor.PressAsync(page.Locator($"form[action^='/local/finish/{city}/moodle'] button[value='{learner}']"));
        using var hub = await RunningHub.ClientAsync();
        var mail = await LocalMail.WaitForAsync(hub, address, city);
        await visitor.GoAsync("local/mail");
        await visitor.LookAsync();
        await visitor.PressAsync(page.Locator($"a[href='/local/mail/{(string)mail["id"]!}']"));
        await visitor.LookAsync();

        // Its link leads to the claim page, in the message's language.
        await visitor.PressAsync(page.Locator("section.card li a[href*='/claim/']"));
        await InLanguageAsync(visitor, language);
        await visitor.LookAsync(language);

        // Somebody else's address is refused, and the page says so.
        await visitor.TypeAsync(page.Locator("#email"), "somebody.else@example.org");
        await visitor.PressAsync(visitor.Button(texts["Claim.button"]));
        Assert.Equal(texts["Claim.emailWrong"], (await page.Locator(".error-summary li").InnerTextAsync()).Trim());
        await visitor.LookAsync(language);

        // The right one is not.
        await visitor.TypeAsync(page.Locator("#email"), address);
        await visitor.PressAsync(visitor.Button(texts["Claim.button"]));
        await visitor.LookAsync(language);
        Assert.Matches(new Regex("/badges/[0-9a-z]{26}(\\?lang=|$)", RegexOptions.IgnoreCase), page.Url);

        // The picture is downloaded; an employer gives it to the verify page.
        var picture = page.Locator("a[download][href$='.png']");
        await visitor.TabToAsync(picture);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.StartsWith("badge-", download.SuggestedFilename);
        await EmployerVerifiesAsync(await download.PathAsync(), language, width, script);

        // The learner makes it public; whoever has the link sees it.
        await visitor.PressAsync(visitor.Button(texts["Claimed.makePublic"]));
        await visitor.LookAsync(language);
        var link = await page.Locator("p.address a").InnerTextAsync();
        await using var friend = await Visitor.ArriveAsync(width, script);
        await friend.GoAsync($"{new Uri(link).AbsolutePath}?lang={language}");
        await friend.LookAsync(language);
        Assert.DoesNotContain(learner, await friend.Page.Locator("main").InnerTextAsync());
    }

    // A city that speaks only English writes in English; the reader chooses.
    private static async Task InLanguageAsync(Visitor visitor, string language)
    {
        var choice = visitor.Page.Locator($"nav.languages a[hreflang={language}]");
        if (await choice.GetAttributeAsync("aria-current") is null)
        {
            await visitor.PressAsync(choice);
        }
    }

    private static async Task EmployerVerifiesAsync(string picture, string language, int width, bool script)
    {
        await using var employer = await Visitor.ArriveAsync(width, script);
        await employer.GoAsync($"verify?lang={language}");
        await employer.LookAsync(language);
        await employer.Page
            .Locator("#file")
            .SetInputFilesAsync(
                new FilePayload { Name = "badge.png", MimeType = "image/png", Buffer = await File.ReadAllBytesAsync(picture) });
        await employer.PressAsync(employer.Button(UserTexts.In(language)["Verify.button"]));

        await employer.LookAsync(language);
        var yes = UserTexts.In(language)["Answer.yes"];
        Assert.Equal([yes, yes, yes], await employer.Page.Locator(".answer.yes strong").AllInnerTextsAsync());
    }
}
