using System.Net;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.DevHost.Pages;

/// <summary>The frame of every page under /local.</summary>
internal sealed class LocalPage(LoadedCities cities)
{
    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    public Task WriteAsync(HttpContext context, string title, string main)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(title)} – this machine</title>
            <meta name="color-scheme" content="light dark">
            <link rel="stylesheet" href="/assets/hub.css">
            <link rel="icon" href="data:,">
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header><div class="wide"><a class="brand" href="/local">Cities of Learning on this machine</a></div></header>
            <main id="main" tabindex="-1">
            <div class="wide">
            <h1>{Encode(title)}</h1>
            {main}
            </div>
            </main>
            <footer>
            <div class="wide">
            <nav aria-label="Pages">
            <a href="/local">Finish a course</a>
            <a href="/local/mail">Mailbox</a>
            <a href="/verify">Verify a badge</a>
            {string.Join('\n', cities.All.Select(Links))}
            </nav>
            <p>These pages play the providers and the post. They do not exist in Azure.</p>
            </div>
            </footer>
            </body>
            </html>
            """, context.RequestAborted);
    }

    private static string Links(LoadedCity city) => $"""
        <a href="/cities/{Encode(city.Id.ToString())}">{Encode(city.Name)}</a>
        <a href="/manage/{Encode(city.Id.ToString())}/deliveries">Deliveries to {Encode(city.Name)}</a>
        """;
}
