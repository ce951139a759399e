using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Tests.Apps.Sample;

/// <summary>Functions that care how their answer travels.</summary>
public sealed partial class ResponseFunctions(Notes notes, ILogger<ResponseFunctions> log)
{
    private static readonly byte[] Zeros = new byte[64 * 1024];

    [Function("slow")]
    public async Task<IResult> Slow([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        notes.Add("slow started");
        try
        {
            await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Log.Left(log);
            notes.Add("slow aborted");
            throw;
        }

        return Results.Ok();
    }

    [Function("big")]
    public async Task<IResult> Big(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "big/{size:int}")] HttpRequest request, int size)
    {
        var response = request.HttpContext.Response;
        response.ContentLength = size;
        for (var left = size; left > 0; left -= Zeros.Length)
        {
            await response.Body.WriteAsync(Zeros.AsMemory(0, Math.Min(left, Zeros.Length)));
        }

        return Results.Empty;
    }

    /// <summary>The second half waits until the caller has had time to read the first.</summary>
    [Function("chunks")]
    public async Task<IResult> Chunks(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "chunks/{pause:int}")] HttpRequest request, int pause)
    {
        var response = request.HttpContext.Response;
        await response.WriteAsync("first\n");
        await response.Body.FlushAsync();
        await Task.Delay(pause, request.HttpContext.RequestAborted);
        await response.WriteAsync("second\n");
        return Results.Empty;
    }

    [Function("throwsLate")]
    public async Task<IResult> ThrowsLate([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await request.HttpContext.Response.WriteAsync("half an answer");
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("Thrown half-way on purpose.");
    }

    [Function("cookies")]
    public IResult Cookies([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        var cookies = request.HttpContext.Response.Cookies;
        cookies.Append("first", "1", new CookieOptions { Secure = true, HttpOnly = true });
        cookies.Append("second", "2", new CookieOptions { Secure = true, HttpOnly = true });
        return Results.NoContent();
    }

    [Function("unchanged")]
    public IResult Unchanged([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.ETag = "\"1\"";
        return request.Headers.IfNoneMatch == "\"1\"" ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Text("changed");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The caller of slow has gone")]
        public static partial void Left(ILogger logger);
    }
}
