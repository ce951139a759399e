using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Tests.Apps.Sample;

public sealed partial class HttpFunctions(
    Greeting greeting, IConfiguration configuration, IHostEnvironment environment, ILogger<HttpFunctions> log)
{
    [Function("hello")]
    public IResult Hello([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        Log.Greeted(log, request.Host);
        return Results.Text($"{greeting.Text} {configuration["Who"] ?? "world"}");
    }

    [Function("environment")]
    public IResult Surroundings([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        Results.Json(new Surrounding(environment.EnvironmentName, environment.ContentRootPath, environment.ApplicationName));

    [Function("echo")]
    public async Task<IResult> Echo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", "put", "patch", "delete", "options", Route = "echo/{*path}")]
        HttpRequest request)
    {
        var headers = request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString());
        var (query, host, length) = (request.QueryString.ToString(), request.Host.ToString(), await LengthOf(request));
        return Results.Json(new Echo(request.Method, request.Path, query, host, request.Scheme, headers, length));
    }

    [Function("item")]
    public IResult Item(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "shops/{shop}/items/{id:int}/{note?}")] HttpRequest request,
        string shop,
        int id,
        string? note) => Results.Json(new Item(shop, id, note));

    [Function("rest")]
    public IResult Rest([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "rest/{*rest}")] HttpRequest request, string? rest) =>
        Results.Text($"[{rest}]");

    [Function("length")]
    public async Task<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) =>
        Results.Text($"{await LengthOf(request)}");

    [Function("throws")]
    public IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["X-Before"] = "set";
        throw new InvalidOperationException("Thrown on purpose.");
    }

    [Function("exit")]
    public IResult Exit([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        Environment.Exit(3);
        return Results.Ok();
    }

    private static async Task<long> LengthOf(HttpRequest request)
    {
        var buffer = new byte[64 * 1024];
        long length = 0;
        for (int read; (read = await request.Body.ReadAsync(buffer)) > 0;)
        {
            length += read;
        }

        return length;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Said hello at {Host}")]
        public static partial void Greeted(ILogger logger, HostString host);
    }
}

public sealed record Echo(
    string Method, string? Path, string Query, string Host, string Scheme, IReadOnlyDictionary<string, string> Headers, long BodyLength);

public sealed record Item(string Shop, int Id, string? Note);

public sealed record Surrounding(string Environment, string ContentRoot, string Application);
