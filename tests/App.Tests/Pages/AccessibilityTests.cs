using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CitiesOfLearning.App.Tests.Pages;

/// <summary>
/// Looks at every page as people do: a phone in the light, a desktop in the dark, under its own security policy.
/// With HUB_SCREENSHOTS set to a folder, pictures of all of them are left there.
/// </summary>
public sealed class AccessibilityTests(PageServer server) : IClassFixture<PageServer>
{
    public static TheoryData<string> Pages => [.. EveryPage.Views.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_is_in_the_way(string name)
    {
        await using var context = await Browser.OpenAsync(360);
        var page = await context.NewPageAsync();
        var refused = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                refused.Add(message.Text);
            }
        };

        await page.GotoAsync($"{server.Address}/{name}?lang=en");
        await LookAsync(page, name, new AxeRunOptions());
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(1280, 800);
        await LookAsync(page, name, new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block") });

        Assert.Empty(refused);
    }

    private static async Task LookAsync(IPage page, string name, AxeRunOptions options)
    {
        var found = await page.RunAxe(options);
        Assert.NotEmpty(found.Passes);
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(", ", v.Nodes.Select(n => n.Html))}")));
        var sideways = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(sideways <= 0, $"The page is {sideways} pixels too wide.");

        if (Environment.GetEnvironmentVariable("HUB_SCREENSHOTS") is { } folder)
        {
            var path = Path.Combine(folder, $"{name}-{page.ViewportSize!.Width}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        }
    }
}
