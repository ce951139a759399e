using CitiesOfLearning.App.Shared.Pages;
using CitiesOfLearning.Hub.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.App.Shared.Http;

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

        using var deadline = ReadDeadline.Begin(context, http.Request);
        try
        {
            await next(context);
            var returned = context.GetInvocationResult();
            if (returned.Value is IResult result)
            {
                await AnswerAsync(http, result);
                returned.Value = null;
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested && !http.Response.HasStarted)
        {
            // The host takes the invocation back: it is stopping, or it has noticed sooner than we that the client left.
            http.Response.Headers.Clear();
            await AnswerAsync(http, Problems.Interrupted());
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            http.Response.Headers.Clear();
            await AnswerAsync(http, Explain(e, context));
        }
    }

    private async Task AnswerAsync(HttpContext http, IResult result)
    {
        if (result is Reply { IsProblem: true } problem && http.Request.WantsHtml())
        {
            problem.WriteHeaders(http.Response);
            result = await pages.RenderAsync(http.Request, ProblemView.For(problem.Status), problem.Status);
        }

        await result.ExecuteAsync(http);
    }

    private Reply Explain(Exception e, FunctionContext context)
    {
        if (e is BadHttpRequestException bad)
        {
            return bad.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => Problems.TooLarge(),
                StatusCodes.Status408RequestTimeout => Problems.TooSlow(),
                _ => Problems.BadRequest("The request could not be read."),
            };
        }

        Log.Failed(logger, context.FunctionDefinition.Name, context.InvocationId, e);
        return e.IsAbsence() ? Problems.Unavailable() : Problems.Failed();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed ({InvocationId})")]
        public static partial void Failed(ILogger logger, string function, string invocationId, Exception exception);
    }
}
