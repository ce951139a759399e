using System.Net;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.DevHost.Pages;

/// <summary>
/// The names under which this hub answers: localhost, loopback addresses, and the host of its public address. A web site whose name has
/// been pointed at this machine (DNS rebinding) would otherwise read and change all that is here, in the browser of whoever sits at it.
/// </summary>
internal sealed class OwnHosts(string? publicUrl)
{
    private readonly string? _public = Uri.TryCreate(publicUrl, UriKind.Absolute, out var url) ? OneForm(url.IdnHost) : null;

    /// <summary>
    /// Looks at the header as it came: <see cref="HttpRequest.Host"/> decodes xn-- names, and throws on those that are none.
    /// </summary>
    public bool Include(HttpRequest request)
    {
        var host = new HostString(request.Headers.Host.ToString()).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
            || (_public is not null && OneForm(host).Equals(_public, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>421, https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20</summary>
    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(
            "This hub answers for localhost and for the host of Hub__PublicUrl only. If the name in the address is its own, set " +
            "Hub__PublicUrl.\n",
            context.RequestAborted);
    }

    // An IPv6 address is written in many ways, and with brackets in some places only.
    private static string OneForm(string host) => IPAddress.TryParse(host, out var address) ? address.ToString() : host;
}
