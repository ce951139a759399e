using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CitiesOfLearning.Local.Worker;

/// <summary>The step that ConfigureFunctionsWebApplication adds: shows the HttpContext to what is inside it, then executes the result.</summary>
internal static class WebApplicationStep
{
    public const string HttpContextKey = "HttpRequestContext";

    public static FunctionExecutionDelegate Around(FunctionExecutionDelegate next)
    {
        return context => InvokeAsync((LocalFunctionContext)context, next);
    }

    private static async Task InvokeAsync(LocalFunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.Trigger is not HttpContext http)
        {
            await next(context);

            return;
        }

        context.Items[HttpContextKey] = http;
        await next(context);
        switch (context.Result)
        {
            case null:
                break;
            case IResult result:
                await result.ExecuteAsync(http);
                break;
            case var other:
                await ExecuteActionResultAsync(other, http);
                break;
        }
    }

    /// <summary>Apart, so that MVC's assembly is loaded only by an app that returns its results. Anything else is an empty 200.</summary>
    private static Task ExecuteActionResultAsync(object result, HttpContext http)
    {
        return result is IActionResult action
            ? action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()))
            : Task.CompletedTask;
    }
}
