using Microsoft.Playwright;

namespace CitiesOfLearning.App.Tests.Pages;

/// <summary>
/// Looks at every page as people do: a phone in the light and in both languages, a desktop in the dark, under its own security policy.
/// With HUB_SCREENSHOTS set to a folder, pictures of all of them are left there.
/// </summary>
public sealed class AccessibilityTests(PageServer server, OneWindow window) : IClassFixture<PageServer>, IClassFixture<OneWindow>
{
    public static TheoryData<string> Pages => [.. EveryPage.Views.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_is_in_the_way(string name)
    {
        var page = await window.PageAsync();
        await page.SetViewportSizeAsync(360, 800);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        var refused = new List<string>();
        void Notice(object? sender, IConsoleMessage message)
        {
            if (message.Type == "error")
            {
                refused.Add(message.Text);
            }
        }

        page.Console += Notice;
        await page.GotoAsync($"{server.Address}/{name}?lang=cy");
        await LookAsync(page, $"{name}-cy");
        await page.GotoAsync($"{server.Address}/{name}?lang=en");
        await LookAsync(page, name);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(1280, 800);
        await LookAsync(page, name, "color-contrast", "link-in-text-block");
        page.Console -= Notice;

        Assert.Empty(refused);
    }

    [Theory]
    [InlineData("<img src=/assets/hub.css>", "image-alt")]
    [InlineData("<p style='color: #999; background: #fff'>Pale</p>", "color-contrast")]
    [InlineData("<input name=email>", "label")]
    public async Task What_is_in_the_way_is_found(string mistake, string rule)
    {
        var page = await window.PageAsync();
        await page.GotoAsync("about:blank");
        await page.SetContentAsync($"<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>{mistake}</main></html>");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Axe.FindsNothingAsync(page));

        Assert.Contains($"\n{rule}: ", failure.Message);
    }

    private static async Task LookAsync(IPage page, string name, params string[] rules)
    {
        await Axe.FindsNothingAsync(page, rules);
        var sideways = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(sideways <= 0, $"The page is {sideways} pixels too wide.");

        if (Environment.GetEnvironmentVariable("HUB_SCREENSHOTS") is { } folder)
        {
            var path = Path.Combine(folder, $"{name}-{page.ViewportSize!.Width}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        }
    }
}

/// <summary>One window for every page: a new one is a new process of the browser, which costs more than looking.</summary>
public sealed class OneWindow : IAsyncDisposable
{
    private IPage? _page;

    public async Task<IPage> PageAsync() => _page ??= await (await Browser.OpenAsync(360)).NewPageAsync();

    public ValueTask DisposeAsync() => _page?.Context.DisposeAsync() ?? ValueTask.CompletedTask;
}
