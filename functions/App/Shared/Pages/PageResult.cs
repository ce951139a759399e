using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Shared.Pages;

/// <summary>
/// A rendered page. It has no public properties because the worker also serializes every result by reflection and sends that to the host.
/// </summary>
internal sealed class PageResult(byte[] html, int status, string cacheControl, string language) : IResult
{
    /// <summary>Nothing but our own style sheet and pictures; no script at all. https://www.w3.org/TR/CSP3/</summary>
    internal const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        var response = httpContext.Response;
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.CacheControl = cacheControl;
        headers.Vary = "Accept, Accept-Language";
        headers.ContentLanguage = language;
        if (request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        response.StatusCode = status;
        if (status == StatusCodes.Status200OK && cacheControl != "no-store")
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(html).AsSpan(0, 16))}\"";
            headers.ETag = tag;
            if (request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = html.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await response.Body.WriteAsync(html, httpContext.RequestAborted);
        }
    }
}
