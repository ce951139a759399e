using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Shared.Http;

/// <summary>Where a browser says a request comes from. The pages that play the providers on a laptop compile this file too.</summary>
internal static class FetchMetadata
{
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
}
