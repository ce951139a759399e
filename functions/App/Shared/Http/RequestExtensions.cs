using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Shared.Http;

/// <summary>What the client asks for, and where the request came from.</summary>
internal static class RequestExtensions
{
    /// <summary>A browser asks for HTML by name; programs that take anything get JSON.</summary>
    public static bool WantsPage(this HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a form on somebody else's page made the browser send this (https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header).
    /// Our pages are <c>no-referrer</c>, which turns the origin of their own forms into <c>null</c>, so the origin counts only where a
    /// browser says nothing better. Programs send neither header.
    /// </summary>
    public static bool IsCrossSite(this HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => false,
        "" => request.Headers.Origin.Count > 0 && request.Headers.Origin != $"{request.Scheme}://{request.Host}",
        _ => true,
    };

    public static bool IsForm(this HttpRequest request) => request.HasFormContentType;
}
