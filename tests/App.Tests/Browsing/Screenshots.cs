using Microsoft.Playwright;

namespace CitiesOfLearning.App.Tests.Browsing;

/// <summary>With HUB_SCREENSHOTS set to a folder, pictures of every page that is looked at are left there.</summary>
internal static class Screenshots
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("HUB_SCREENSHOTS");
    private static int _number;

    public static async Task TakeAsync(IPage page)
    {
        if (Folder is not null)
        {
            var name =
                $"{page.ViewportSize!.Width}-{Interlocked.Increment(ref _number):D2}-" +
                $"{new Uri(page.Url).AbsolutePath.Trim('/').Split('/')[0]}.png";
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, "hub-" + name), FullPage = true });
        }
    }
}
