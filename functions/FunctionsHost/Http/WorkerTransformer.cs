using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace CitiesOfLearning.FunctionsHost.Http;

/// <summary>The request as it came, with what the host has to say of it.</summary>
internal sealed class WorkerTransformer : HttpTransformer
{
    public static readonly WorkerTransformer Instance = new();

    private static readonly object Refused = new();

    /// <summary>Whether it was the worker's server that answered, such as 414, before the function had heard of the request.</summary>
    public static bool MayBeRefused(HttpContext http) => http.Items.ContainsKey(Refused);

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var headers = proxyRequest.Headers;

        // As it came: HttpRequest.Host has decoded it.
        if (httpContext.Request.Headers.Host.ToString() is { Length: > 0 } host)
        {
            headers.Host = host;
            headers.TryAddWithoutValidation(HostHeaders.ForwardedHost, host);
        }

        headers.TryAddWithoutValidation(HostHeaders.ForwardedProto, httpContext.Request.Scheme);
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        // So ends each of Kestrel's own refusals, and hardly ever a function's answer.
        if (proxyResponse is { IsSuccessStatusCode: false, Headers.ConnectionClose: true })
        {
            httpContext.Items[Refused] = true;
        }

        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
