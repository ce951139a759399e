using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace CitiesOfLearning.FunctionsHost.Http;

/// <summary>The request as it came, but for what only the host may say: the worker believes every <c>X-Forwarded-*</c>.</summary>
internal sealed class WorkerTransformer : HttpTransformer
{
    public static readonly WorkerTransformer Instance = new();

    private static readonly string[] Forwarded = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded"];

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var headers = proxyRequest.Headers;
        foreach (var name in Forwarded)
        {
            headers.Remove(name);
        }

        headers.Host = httpContext.Request.Host.Value;
        headers.TryAddWithoutValidation("X-Forwarded-Host", httpContext.Request.Host.Value);
        headers.TryAddWithoutValidation("X-Forwarded-Proto", httpContext.Request.Scheme);
    }
}
