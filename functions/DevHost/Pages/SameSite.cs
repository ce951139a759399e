using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.DevHost.Pages;

/// <summary>
/// Keeps other web sites, open in the same browser, from changing what is under /local (https://www.w3.org/TR/fetch-metadata/).
/// </summary>
internal static class SameSite
{
    /// <summary>Whether the request only reads, or comes from our own pages or from a program that is no browser.</summary>
    public static bool MayChange(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return true;
        }

        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "same-origin" or "none" => true,
            "" => request.Headers.Origin.Count == 0 || request.Headers.Origin == $"{request.Scheme}://{request.Headers.Host}",
            _ => false,
        };
    }
}
