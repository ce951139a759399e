using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.FunctionsHost.Http;

/// <summary>Headers that only the host may say, because the worker believes them.</summary>
internal static class HostHeaders
{
    public const string ForwardedHost = "X-Forwarded-Host";
    public const string ForwardedProto = "X-Forwarded-Proto";

    /// <summary>How many the host adds to what came: these two and the invocation's id.</summary>
    public const int Added = 3;

    /// <summary>More than they take.</summary>
    public const int AddedBytes = 512;

    private const string InvocationId = "x-ms-invocation-id";

    // A name has 253 characters at most, then a colon and a port.
    private const int MaxHostLength = 260;

    private static readonly string[] Believed = [ForwardedHost, ForwardedProto, "X-Forwarded-For", "X-Forwarded-Prefix", "Forwarded"];

    /// <summary>Takes away what the caller said, and says which invocation this is.</summary>
    public static void Claim(HttpRequest request, string invocationId)
    {
        foreach (var name in Believed)
        {
            request.Headers.Remove(name);
        }

        request.Headers[InvocationId] = invocationId;
    }

    /// <summary>
    /// Whether the request's host can be one: an xn-- name that is none makes <see cref="HttpRequest.Host"/> throw, in the app as well.
    /// </summary>
    public static bool HasHost(HttpRequest request)
    {
        try
        {
            return HostString.FromUriComponent(request.Headers.Host.ToString()).Value is { Length: <= MaxHostLength };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
