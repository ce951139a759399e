using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CitiesOfLearning.App.Shared.Pages;

/// <summary>Who reads the page: their language, and links that keep it.</summary>
/// <param name="path">The page's own path and query.</param>
/// <param name="chosen">The reader chose the language with <c>?lang=</c>, so links carry it on.</param>
public sealed class PageContext(UserTexts texts, HubUrls urls, string path, bool chosen)
{
    public UserTexts Texts => texts;

    public HubUrls Urls => urls;

    /// <summary>
    /// The reader's choice (<c>?lang=</c>), else what their browser asks for, else the city's first language, else English.
    /// </summary>
    public static PageContext For(HttpRequest request, City? city, HubUrls urls)
    {
        var chosen = UserTexts.Of(request.Query["lang"]);
        var texts = chosen ?? Accepted(request) ?? UserTexts.In(city?.Languages[0]);
        return new PageContext(texts, urls, request.Path + request.QueryString, chosen is not null);
    }

    /// <summary>A link within the hub that keeps the language the reader chose. Takes a path, or one of our own addresses.</summary>
    public string Link(string address)
    {
        var local = Local(address) ?? address;
        return chosen ? WithLanguage(local, texts.Language) : local;
    }

    /// <summary>This page in another language.</summary>
    public string InLanguage(string language) => WithLanguage(path, language);

    /// <summary>The path of one of our own addresses, so that it works whatever host the reader came by; null for anyone else's.</summary>
    public string? Local(string? address) =>
        address is not null && address.StartsWith(urls.PublicUrl + "/", StringComparison.Ordinal) ? address[urls.PublicUrl.Length..]
        : address is ['/', not ('/' or '\\'), ..] or "/" ? address
        : null;

    /// <summary>The picture of a badge: the city's drawing where there is one, for it is sharp at any size.</summary>
    public string Art(City city, string badge, int version, bool isDrawn) =>
        Local(urls.BadgeImage(city.Id, badge, version, isDrawn ? "svg" : "png"))!;

    private static string WithLanguage(string address, string language)
    {
        var parts = address.Split('#', 2);
        var question = parts[0].IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(question < 0 ? "" : parts[0][question..]);
        query["lang"] = new StringValues(language);
        return QueryHelpers.AddQueryString(question < 0 ? parts[0] : parts[0][..question], query) + (parts.Length == 2
            ? "#" + parts[1]
            : "");
    }

    private static UserTexts? Accepted(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(l => l.Quality is not 0)
        .OrderByDescending(l => l.Quality ?? 1)
        .Select(l => UserTexts.Of(l.Value.Value))
        .FirstOrDefault(t => t is not null);
}
