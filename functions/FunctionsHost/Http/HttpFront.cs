using System.Net;
using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace CitiesOfLearning.FunctionsHost.Http;

/// <summary>
/// What the Functions host does with a request: finds the function by the order of names, invokes it, forwards the request to the worker,
/// and is done when both the response has passed and the worker has said how the invocation ended.
/// </summary>
internal sealed partial class HttpFront(WorkerProcess worker, IHttpForwarder forwarder, string routePrefix, FunctionsAppHostOptions options) : IDisposable
{
    private const string InvocationId = "x-ms-invocation-id";
    private const string RetryAfterSeconds = "2";

    // As the Functions host: then whoever asks is told to come again.
    private static readonly TimeSpan WorkerPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(20);
    private static readonly ForwarderRequestConfig Forwarding = new() { ActivityTimeout = TimeSpan.FromMinutes(4) };

    private readonly HttpMessageInvoker _client = WorkerConnections.CreateClient();
    private readonly ILogger _logger = options.LoggerFactory.CreateLogger("Host.Http");
    private volatile Routes? _routes;
    private readonly CancellationTokenSource _closed = new();
    private int _inHand;

    public async Task HandleAsync(HttpContext http)
    {
        Interlocked.Increment(ref _inHand);
        try
        {
            if (_closed.IsCancellationRequested || await WorkerAsync(http) is not { } channel)
            {
                Unavailable(http);
            }
            else if (HttpRoute.Find(RoutesOf(channel), http.Request) is { } found)
            {
                await InvokeAsync(http, channel, found.Function, found.Values);
            }
            else
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
        }
        finally
        {
            Interlocked.Decrement(ref _inHand);
        }
    }

    /// <summary>From now on requests are refused; returns when those in hand are answered.</summary>
    public async Task CloseAsync(CancellationToken late)
    {
        await _closed.CancelAsync();
        while (_inHand > 0 && !late.IsCancellationRequested)
        {
            await Task.Delay(DrainPause, late).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _closed.Dispose();
    }

    private async Task InvokeAsync(HttpContext http, WorkerChannel channel, LoadedFunction function, Dictionary<string, TypedData> routeValues)
    {
        var id = WorkerChannel.NewId();
        http.Request.Headers[InvocationId] = id;
        var invocation = channel.InvokeAsync(function, new TypedData { Http = new RpcHttp() }, routeValues, http.RequestAborted, id);
        var error = await forwarder.SendAsync(http, channel.HttpUri!, _client, Forwarding, WorkerTransformer.Instance);
        if (http.RequestAborted.IsCancellationRequested)
        {
            _ = invocation.ContinueWith(t => t.Exception, TaskScheduler.Default);
            return;
        }

        try
        {
            var answer = error is ForwarderError.None or ForwarderError.RequestBodyClient
                ? await invocation
                : await invocation.WaitAsync(TimeSpan.FromSeconds(1));
            if (answer.Result.Status != StatusResult.Types.Status.Success)
            {
                Log.Failed(_logger, function.Name, answer.Result.Exception?.Message ?? answer.Result.Result);
                Fail(http);
            }
            else if (error != ForwarderError.None)
            {
                Fail(http);
            }
        }
        catch (Exception e) when (e is WorkerException or TimeoutException)
        {
            Log.Failed(_logger, function.Name, e.Message);
            Fail(http);
        }
    }

    private async Task<WorkerChannel?> WorkerAsync(HttpContext http)
    {
        using var late = new CancellationTokenSource(WorkerPatience, options.Time);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _closed.Token, late.Token);
        try
        {
            await options.StorageReady.WaitAsync(cancelled.Token);
            return await worker.ReadyAsync(cancelled.Token);
        }
        catch (Exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            // It starts for too long, or storage does, which whoever runs this host hears elsewhere.
            return null;
        }
    }

    private HttpRoute[] RoutesOf(WorkerChannel channel)
    {
        if (_routes is not { } routes || routes.Worker != channel)
        {
            _routes = routes = new Routes(channel, HttpRoute.Of(channel, routePrefix));
        }

        return routes.All;
    }

    private static void Unavailable(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
    }

    private static void Fail(HttpContext http)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        else if (http.Response.ContentLength is null)
        {
            // Half an answer must not look like one.
            http.Abort();
        }
    }

    private sealed record Routes(WorkerChannel Worker, HttpRoute[] All);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string function, string reason);
    }
}
