using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using CitiesOfLearning.Hub.Identifiers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.App.Shared.Pages;

/// <summary>Turns a view into a whole page in the reader's language.</summary>
public sealed class PageRenderer(HubUrls urls, ILoggerFactory loggers)
{
    /// <summary>For pages about nobody in particular.</summary>
    public const string Cached = "public, max-age=300";

    // The pages inject nothing; the encoder leaves letters such as ŵ readable in the page's source.
    private static readonly IServiceProvider Services = new ServiceCollection()
        .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
        .BuildServiceProvider();

    /// <summary>The page as an answer.</summary>
    /// <param name="cacheControl"><see cref="Cached"/>; everything else is not stored.</param>
    public async Task<IResult> RenderAsync(
        HttpRequest request, View view, int status = StatusCodes.Status200OK, string cacheControl = "no-store")
    {
        var context = PageContext.For(request, view.Owner, urls);
        return new PageResult(Encoding.UTF8.GetBytes(await HtmlAsync(view, context)), status, cacheControl, context.Texts.Language);
    }

    /// <summary>The page's HTML.</summary>
    public async Task<string> HtmlAsync(View view, PageContext context)
    {
        await using var renderer = new HtmlRenderer(Services, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["View"] = view, ["Context"] = context });
        return await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync(view.Page, parameters)).ToHtmlString());
    }
}
