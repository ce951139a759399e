using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Http;

/// <summary>What the client asks for, and where the request came from.</summary>
internal static class Wishes
{
    /// <summary>A browser asks for HTML by name; programs that take anything get JSON.</summary>
    public static bool WantsPage(this HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a form on somebody else's page made the browser send this (https://www.w3.org/TR/fetch-metadata/). Programs send neither header.
    /// </summary>
    public static bool IsCrossSite(this HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return site is "cross-site" or "same-site" || (origin.Length > 0 && origin != $"{request.Scheme}://{request.Host}");
    }

    public static bool IsForm(this HttpRequest request) => request.HasFormContentType;
}
