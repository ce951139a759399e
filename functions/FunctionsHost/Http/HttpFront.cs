using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Local.Worker;

/// <summary>
/// Answers a request as the Functions host in front of the worker does: routes in the order of function names, the first match wins;
/// no match, also by method, is an empty 404; an exception is an empty 500.
/// </summary>
internal sealed partial class HttpFunctions(
    IEnumerable<LocalFunction> functions, string routePrefix, FunctionExecutionDelegate pipeline, ILogger logger)
{
    /// <summary>Kestrel's limit in the worker, behind which the host sees its forwarding fail.</summary>
    private const long MaxBodyBytes = 30_000_000;

    private readonly HttpRoute[] routes =
        [.. functions.Where(f => f.Trigger is HttpTriggerAttribute).Select(f => new HttpRoute(f, routePrefix))];

    public async Task HandleAsync(HttpContext http)
    {
        if (Match(http.Request) is not { } function)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;

            return;
        }

        if (http.Request.ContentLength > MaxBodyBytes)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;

            return;
        }

        // The worker runs functions outside the flow that set it, so there it is null.
        if (http.RequestServices.GetService<IHttpContextAccessor>() is { } accessor)
        {
            accessor.HttpContext = null;
        }

        try
        {
            await pipeline(new LocalFunctionContext(function, http, http.RequestServices, http.RequestAborted));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
        }
        catch (Exception exception)
        {
            Log.Failed(logger, function.Name, exception);
            Fail(http);
        }
    }

    private static void Fail(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();

            return;
        }

        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        http.Response.ContentLength = 0;
    }

    private LocalFunction? Match(HttpRequest request)
    {
        foreach (var route in routes)
        {
            var values = new RouteValueDictionary();
            if (route.Accepts(request.Method) && route.Matches(request.Path, values))
            {
                request.RouteValues = values;

                return route.Function;
            }
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed")]
        public static partial void Failed(ILogger logger, string function, Exception exception);
    }
}
