using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Publishing;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.App.Shared.Http;

/// <summary>
/// What a function answers, other than a page. It has no public properties because the worker also serializes every result by reflection
/// and sends that to the host.
/// </summary>
internal sealed class Reply : IResult
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true
    };

    private const string ProblemMediaType = "application/problem+json";

    private readonly ReadOnlyMemory<byte> _body;
    private readonly string? _mediaType;
    private readonly Dictionary<string, string> _headers = new()
    {
        ["Cache-Control"] = "no-store",
        ["Referrer-Policy"] = "no-referrer",
        ["X-Content-Type-Options"] = "nosniff",
    };

    private Reply(int status, ReadOnlyMemory<byte> body, string? mediaType)
    {
        Status = status;
        _body = body;
        _mediaType = mediaType;
    }

    internal int Status { get; }

    /// <summary>A browser gets the same as a page.</summary>
    internal bool IsProblem => _mediaType == ProblemMediaType;

    public static Reply Empty(int status) => new(status, default, null);

    public static Reply Bytes(ReadOnlyMemory<byte> body, string mediaType) => new(StatusCodes.Status200OK, body, mediaType);

    public static Reply Text(string text, string mediaType, int status = StatusCodes.Status200OK) =>
        new(status, Encoding.UTF8.GetBytes(text), mediaType);

    public static Reply Json(JsonNode json, int status = StatusCodes.Status200OK, string mediaType = "application/json") =>
        Text(json.ToJsonString(Readable), mediaType, status);

    /// <summary>Problem details (RFC 9457). <paramref name="type"/> never changes.</summary>
    public static Reply Problem(int status, string type, string title, string detail) =>
        Json(new JsonObject { ["type"] = type, ["title"] = title, ["status"] = status, ["detail"] = detail }, status, ProblemMediaType);

    /// <summary>Something that anyone may fetch and keep for a while.</summary>
    public static Reply Public(PublicDocument published) => Bytes(published.Body, published.MediaType)
        .With("ETag", published.ETag)
        .With("Cache-Control", $"public, max-age={(long)published.MaxAge.TotalSeconds}")
        .With("Access-Control-Allow-Origin", "*");

    /// <summary>After a form: the page to look at now. Only our own paths.</summary>
    public static Reply SeeOther(string path) => Empty(StatusCodes.Status303SeeOther).With("Location", path);

    /// <summary>For a picture among others: an SVG is a document, and nothing in it may run or load, even though the city's art was checked
    /// (docs/specs.md, security).</summary>
    public Reply Inert() => With("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");

    public Reply With(string header, string value)
    {
        _headers[header] = value;
        return this;
    }

    internal void WriteHeaders(HttpResponse response)
    {
        foreach (var (name, value) in _headers)
        {
            response.Headers[name] = value;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        WriteHeaders(response);

        if (httpContext.Request.IsHttps)
        {
            response.Headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        // RFC 9110, 13.1.2
        if (_headers.TryGetValue("ETag", out var tag)
            && httpContext.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (_mediaType is not null)
        {
            response.ContentType = _mediaType;
            response.ContentLength = _body.Length;
            if (!HttpMethods.IsHead(httpContext.Request.Method))
            {
                await response.Body.WriteAsync(_body, httpContext.RequestAborted);
            }
        }
    }
}
