using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.DevHost;

/// <summary>Keeps other web sites, open in the same browser, from using what is under /local.</summary>
internal static class SameSite
{
    /// <summary>Whether the request names this machine: another site's name that resolves to it (DNS rebinding) does not count.</summary>
    public static bool IsThisMachine(HttpRequest request, string publicHost) =>
        request.Host.Host is "localhost" or "127.0.0.1" or "[::1]"
        || string.Equals(request.Host.Host, publicHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it only reads, or comes from our own pages or from a program that is no browser (https://www.w3.org/TR/fetch-metadata/).</summary>
    public static bool MayChange(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return true;
        }

        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "same-origin" or "none" => true,
            "" => request.Headers.Origin.Count == 0 || request.Headers.Origin == $"{request.Scheme}://{request.Host}",
            _ => false,
        };
    }
}
