using CitiesOfLearning.FunctionsHost.Http;
using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.FunctionsTesting.Worker;

/// <summary>
/// The host's front, as the first middleware of the worker's own pipeline: finds the function, invokes it over the protocol and lets the
/// request through to meet that invocation. No second server, nothing to forward.
/// </summary>
internal sealed class HostFront(TestWorker worker) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(AnswerAsync);
        next(app);
    };

    private async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        if (HttpRoute.Find(worker.Routes, http.Request) is not { } found)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var id = WorkerChannel.NewId();
        HostHeaders.Claim(http.Request, id);
        if (HttpMethods.IsHead(http.Request.Method))
        {
            // As Kestrel does it, and the in-memory server does not.
            http.Response.Body = Stream.Null;
        }

        var invocation = worker.Channel.InvokeAsync(
            found.Function, new TypedData { Http = new RpcHttp() }, found.Values, http.RequestAborted, id);
        try
        {
            await next(http);
        }
        catch when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        var answer = await invocation;
        if (answer.Result.Status != StatusResult.Types.Status.Success && !http.Response.HasStarted)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }
}
