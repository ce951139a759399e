using Microsoft.Playwright;

namespace CitiesOfLearning.App.Tests;

/// <summary>One Chromium for the whole test run; tests that need it skip where there is none.</summary>
internal static class Browser
{
    public const string Absent = "There is no Chromium on this machine: set HUB_CHROMIUM to its path.";

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly Lazy<Task<IBrowser>> Shared = new(LaunchAsync);

    public static bool IsThere => File.Exists(Executable);

    /// <summary>A window of its own, with cookies and settings of its own.</summary>
    /// <param name="width">In CSS pixels: 360 is a small phone.</param>
    /// <param name="scale">Pixels to a CSS pixel.</param>
    public static async Task<IBrowserContext> OpenAsync(
        int width, ColorScheme scheme = ColorScheme.Light, bool script = true, int height = 800, int scale = 1)
    {
        Assert.SkipUnless(IsThere, Absent);
        var browser = await Shared.Value;
        return await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            DeviceScaleFactor = scale,
            ColorScheme = scheme,
            JavaScriptEnabled = script,
        });
    }

    private static string? Executable => Environment.GetEnvironmentVariable("HUB_CHROMIUM") ?? Array.Find(Places, File.Exists);

    private static async Task<IBrowser> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        });
    }
}
