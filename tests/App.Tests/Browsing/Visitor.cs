using CitiesOfLearning.App.Tests.Journeys;
using Microsoft.Playwright;

namespace CitiesOfLearning.App.Tests.Browsing;

/// <summary>Someone at a browser who notices what is wrong on every page they see.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly List<string> _complaints = [];
    private readonly IBrowserContext _context;
    private readonly Uri _hub;
    private readonly bool _script;

    private Visitor(IBrowserContext context, IPage page, Uri hub, bool script)
    {
        (_context, Page, _hub, _script) = (context, page, hub, script);
        page.Request += (_, request) => Notice(
            !request.Url.StartsWith(hub.AbsoluteUri, StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal),
            $"asks another site: {request.Url}");
        page.Response += (_, response) => NoticeHeaders(response);
        page.Console += (_, message) => Notice(
            message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal), message.Text);
        page.PageError += (_, error) => Notice(true, error);
    }

    public IPage Page { get; }

    public static async Task<Visitor> ArriveAsync(int width, bool script = true, int height = 800, int scale = 1)
    {
        var hub = await RunningHub.AddressAsync();
        var context = await Browser.OpenAsync(width, script: script, height: height, scale: scale);
        return new Visitor(context, await context.NewPageAsync(), hub, script);
    }

    public async Task GoAsync(string path) => await Page.GotoAsync(new Uri(_hub, path).AbsoluteUri);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>Moves to a control with the Tab key, as people do who have no mouse.</summary>
    public async Task TabToAsync(ILocator control)
    {
        for (var press = 0; press < 60; press++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await control.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"The Tab key does not reach {control} on {Page.Url}.");
    }

    public async Task TypeAsync(ILocator field, string text)
    {
        await TabToAsync(field);
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Presses Enter on a control and waits for the page it leads to.</summary>
    public async Task PressAsync(ILocator control)
    {
        await TabToAsync(control);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Arrive(object? sender, IPage page) => arrived.TrySetResult();
        Page.DOMContentLoaded += Arrive;
        await Page.Keyboard.PressAsync("Enter");
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Page.DOMContentLoaded -= Arrive;
    }

    /// <summary>Looks at the page: nothing sideways, nothing in the way, nothing gone wrong on the way here.</summary>
    public async Task LookAsync(string? language = null)
    {
        // Asked, not waited for: on a busy machine the event comes, now and then, before anybody listens.
        await Wait.UntilAsync(
            async () => await Page.EvaluateAsync<string>("document.readyState") == "complete",
            TimeSpan.FromSeconds(30),
            () => $"{Page.Url} is not loaded.");
        var sideways = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(sideways <= 0, $"{Page.Url} is {sideways} pixels too wide.");
        if (language is not null)
        {
            Assert.Equal(language, await Page.EvaluateAsync<string>("document.documentElement.lang"));
        }

        if (_script)
        {
            // The mailbox shows messages in a frame that runs no script, not even this.
            await Page.EvaluateAsync("document.querySelectorAll('iframe[sandbox]').forEach(frame => frame.remove())");
            await Axe.FindsNothingAsync(Page);
        }

        Assert.Empty(_complaints);
        await Screenshots.TakeAsync(Page);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void NoticeHeaders(IResponse response)
    {
        var page = response.Request.IsNavigationRequest && response.Status is < 300 or >= 400;
        var policy = response.Headers.GetValueOrDefault("content-security-policy");
        Notice(!response.Request.IsNavigationRequest && response.Status >= 400, $"{response.Status} for {response.Url}");
        Notice(
            page && policy?.StartsWith("default-src 'none'", StringComparison.Ordinal) != true,
            $"no security policy on {response.Url}");
        Notice(page && response.Headers.GetValueOrDefault("x-content-type-options") != "nosniff", $"no nosniff on {response.Url}");
        Notice(page && !response.Headers.ContainsKey("referrer-policy"), $"no referrer policy on {response.Url}");
    }

    private void Notice(bool wrong, string what)
    {
        if (wrong)
        {
            _complaints.Add(what);
        }
    }
}
