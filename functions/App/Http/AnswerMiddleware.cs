using System.Net.Sockets;
using Azure;
using CitiesOfLearning.App.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.App.Http;

/// <summary>
/// Turns what functions return, and what they throw, into responses: the one place where HTTP and the hub meet. The result is executed
/// here and taken away, so that the worker has nothing left to serialize.
/// </summary>
internal sealed partial class AnswerMiddleware(PageRenderer pages, ILogger<AnswerMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
            var returned = context.GetInvocationResult();
            if (returned.Value is IResult result)
            {
                await result.ExecuteAsync(http);
                returned.Value = null;
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            var answer = e is BadHttpRequestException bad
                ? await ProblemAsync(http.Request, bad.StatusCode)
                : await FailureAsync(e, context, http.Request);
            http.Response.Headers.Clear();
            await answer.ExecuteAsync(http);
        }
    }

    private async Task<IResult> FailureAsync(Exception e, FunctionContext context, HttpRequest request)
    {
        Log.Failed(logger, context.FunctionDefinition.Name, context.InvocationId, e);
        return await ProblemAsync(request, IsStorage(e) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError);
    }

    private async Task<IResult> ProblemAsync(HttpRequest request, int status)
    {
        if (request.WantsPage())
        {
            return await pages.RenderAsync(request, ProblemView.For(status), status);
        }

        return status switch
        {
            StatusCodes.Status413PayloadTooLarge => Problems.TooLarge(),
            StatusCodes.Status503ServiceUnavailable => Problems.Unavailable(),
            >= 400 and < 500 => Problems.BadRequest("The request could not be read."),
            _ => Problems.Failed(),
        };
    }

    private static bool IsStorage(Exception e) =>
        e is RequestFailedException { Status: 0 or 408 or 429 or >= 500 } or SocketException || (e is AggregateException several && several.InnerExceptions.Any(IsStorage));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed ({InvocationId})")]
        public static partial void Failed(ILogger logger, string function, string invocationId, Exception exception);
    }
}
