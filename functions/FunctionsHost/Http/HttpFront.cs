using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace CitiesOfLearning.FunctionsHost.Http;

/// <summary>
/// What the Functions host does with a request: finds the function by the order of names, invokes it, forwards the request to the worker,
/// and is done when both the response has passed and the worker has said how the invocation ended.
/// </summary>
internal sealed partial class HttpFront(WorkerProcess worker, IHttpForwarder forwarder, string routePrefix, FunctionsAppHostOptions options)
    : IDisposable
{
    private const string RetryAfterSeconds = "2";

    // As the Functions host: then whoever asks is told to come again.
    private static readonly TimeSpan WorkerPatience = TimeSpan.FromSeconds(30);

    // Between the end of an answer that has gone wrong and what the worker says of its invocation.
    private static readonly TimeSpan ReasonPatience = TimeSpan.FromSeconds(1);
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
            if (!HostHeaders.HasHost(http.Request))
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
            }
            else if (http.Request.ContentLength > http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
            {
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            }
            else if (_closed.IsCancellationRequested || await WorkerAsync(http) is not { } channel)
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

    private async Task InvokeAsync(
        HttpContext http, WorkerChannel channel, LoadedFunction function, Dictionary<string, TypedData> routeValues)
    {
        var id = WorkerChannel.NewId();
        HostHeaders.Claim(http.Request, id);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var invocation = channel.InvokeAsync(function, new TypedData { Http = new RpcHttp() }, routeValues, ended.Token, id);
        var error = await forwarder.SendAsync(http, channel.HttpUri!, _client, Forwarding, WorkerTransformer.Instance);
        try
        {
            if (http.RequestAborted.IsCancellationRequested || error == ForwarderError.RequestBodyClient)
            {
                Abandon(ended, invocation);
                Leave(http, function);
                return;
            }

            var isWell = error == ForwarderError.None && !WorkerTransformer.MayBeRefused(http);
            var answer = await invocation.WaitAsync(isWell ? Timeout.InfiniteTimeSpan : ReasonPatience);
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
        catch (WorkerException e)
        {
            Log.Failed(_logger, function.Name, e.Message);
            Fail(http);
        }
        catch (TimeoutException) when (error == ForwarderError.None)
        {
            Log.Refused(_logger, function.Name, http.Response.StatusCode);
            Abandon(ended, invocation);
        }
        catch (TimeoutException)
        {
            Log.Failed(_logger, function.Name, http.GetForwarderErrorFeature()?.Exception?.GetBaseException().Message ?? $"{error}");
            Abandon(ended, invocation);
            Fail(http);
        }
    }

    /// <summary>The caller has left, or sends what is no HTTP, which is no fault of the function's.</summary>
    private void Leave(HttpContext http, LoadedFunction function)
    {
        var wrong = http.GetForwarderErrorFeature()?.Exception?.GetBaseException() as BadHttpRequestException;
        Log.Left(_logger, function.Name, wrong?.Message ?? "the caller has left");
        if (http.Response.HasStarted)
        {
            http.Abort();
        }
        else
        {
            http.Response.StatusCode = wrong?.StatusCode ?? StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>Tells the worker, and no longer waits for what it says.</summary>
    private static void Abandon(CancellationTokenSource ended, Task invocation)
    {
        ended.Cancel();
        _ = invocation.ContinueWith(t => t.Exception, TaskScheduler.Default);
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
        [LoggerMessage(1, LogLevel.Error, "Function {Function} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string function, string reason);

        [LoggerMessage(2, LogLevel.Debug, "A request to {Function} has ended before its answer: {Reason}")]
        public static partial void Left(ILogger logger, string function, string reason);

        [LoggerMessage(3, LogLevel.Debug, "The worker's server has refused a request to {Function}: {Status}")]
        public static partial void Refused(ILogger logger, string function, int status);
    }
}
