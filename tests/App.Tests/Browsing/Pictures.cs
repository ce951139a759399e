using System.Buffers.Binary;
using CitiesOfLearning.App.Tests.Journeys;
using Microsoft.Playwright;

namespace CitiesOfLearning.App.Tests.Browsing;

/// <summary>The four pictures at the top of the README, from one journey on a phone.</summary>
internal static class Pictures
{
    /// <summary>In pixels of the picture, two to a CSS pixel.</summary>
    public static readonly (int Width, int Height) Size = (720, 1600);

    public static readonly string[] Names = ["completion.png", "mail.png", "claim.png", "check.png"];

    // Nobody else finishes this course at this address.
    private const string Address = "mary@example.org";

    /// <param name="folder">Where they are written, over those that are there.</param>
    public static async Task TakeAsync(string folder)
    {
        await using var learner = await Visitor.ArriveAsync(Size.Width / 2, height: Size.Height / 2, scale: 2);
        var page = learner.Page;

        await learner.GoAsync("local");
        var form = page.Locator("form[action='/local/finish/plymouth/hub']");
        await form.GetByLabel("Name").FillAsync("Mary Anning");
        await form.GetByLabel("Email address").FillAsync(Address);
        await TakeAsync(page, folder, Names[0], page.Locator("section.card", new PageLocatorOptions { Has = form }));
        await form.GetByRole(AriaRole.Button).ClickAsync();

        using var hub = await RunningHub.ClientAsync();
        var mail = await LocalMail.WaitForAsync(hub, Address, "plymouth");
        await learner.GoAsync($"local/mail/{(string)mail["id"]!}");
        await TakeAsync(page, folder, Names[1], page.Locator("section.card", new PageLocatorOptions { Has = page.Locator("iframe") }));

        await learner.GoAsync(new Uri((string)mail["links"]![0]!).PathAndQuery);
        await TakeAsync(page, folder, Names[2], page.Locator("main"));
        await page.Locator("#email").FillAsync(Address);
        await learner.Button("Claim my badge").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[download][href$='.png']").ClickAsync());

        await learner.GoAsync("verify?lang=en");
        var badge = await File.ReadAllBytesAsync(await download.PathAsync());
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "badge.png", MimeType = "image/png", Buffer = badge });
        await learner.Button("Check this badge").ClickAsync();
        await page.Locator(".answer").First.WaitForAsync();
        await TakeAsync(page, folder, Names[3], page.Locator(".verdict"));
    }

    /// <summary>Width and height, from the header chunk. https://www.w3.org/TR/png-3/#11IHDR</summary>
    public static async Task<(int Width, int Height)> SizeOfAsync(string file)
    {
        var png = await File.ReadAllBytesAsync(file);
        return (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    private static async Task TakeAsync(IPage page, string folder, string name, ILocator what)
    {
        await what.EvaluateAsync("element => { document.activeElement.blur(); element.scrollIntoView({ block: 'start' }); }");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name) });
    }
}
