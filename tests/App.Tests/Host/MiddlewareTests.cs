using System.Net;
using CitiesOfLearning.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CitiesOfLearning.App.Tests.Host;

public sealed class MiddlewareTests
{
    [Fact]
    public async Task Runs_in_the_order_of_registration_around_every_kind_of_function()
    {
        var storage = await TestStorage.ConnectionStringAsync();
        var queue = await TestQueue.CreateAsync(storage, "middleware");
        await using var host = await TestHost.StartAsync(
            [typeof(Functions)],
            builder => builder.UseMiddleware<Outer>().UseMiddleware<Inner>(),
            $"--AzureWebJobsStorage={storage}");

        await host.Client.GetAsync("page", TestContext.Current.CancellationToken);
        await host.Notes.UntilAsync(all => all.Count(n => n.StartsWith("outer after", StringComparison.Ordinal)) == 2);
        await queue.SendAsync("hello");
        await host.Notes.UntilAsync(all => all.Count(n => n.StartsWith("outer after", StringComparison.Ordinal)) == 3);

        foreach (var (function, http) in (IEnumerable<(string, bool)>)[("page", true), ("message", false), ("timer", false)])
        {
            string[] expected =
            [
                $"outer before {function} {http}", $"inner before {function}", function, $"inner after {function}", $"outer after {function}",
            ];
            Assert.Equal(expected, host.Notes.All.Where(note => note.Split(' ').Contains(function)));
        }
    }

    [Fact]
    public async Task Is_one_instance_for_all_invocations()
    {
        await using var host = await TestHost.StartAsync([typeof(Page)], builder => builder.UseMiddleware<Counts>());

        await host.Client.GetAsync("page", TestContext.Current.CancellationToken);
        await host.Client.GetAsync("page", TestContext.Current.CancellationToken);

        Assert.Equal(["1", "2"], host.Notes.All.Where(note => note != "page"));
    }

    [Fact]
    public async Task May_execute_the_result_itself_and_leave_none()
    {
        await using var host = await TestHost.StartAsync([typeof(Page)], builder => builder.UseMiddleware<Executes>());

        using var response = await host.Client.GetAsync("page", TestContext.Current.CancellationToken);

        Assert.Equal("page", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["page", "null True"], host.Notes.All);
    }

    [Fact]
    public async Task May_replace_the_result()
    {
        await using var host = await TestHost.StartAsync([typeof(Page)], builder => builder.UseMiddleware<Replaces>());

        using var response = await host.Client.GetAsync("page", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
    }

    [Fact]
    public async Task Sees_the_functions_own_exception_and_may_answer_instead()
    {
        await using var host = await TestHost.StartAsync([typeof(Fails)], builder => builder.UseMiddleware<Explains>());

        using var response = await host.Client.GetAsync("fails", TestContext.Current.CancellationToken);

        Assert.Equal("NotSupportedException: because", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task May_set_the_http_context_accessor()
    {
        await using var host = await TestHost.StartAsync([typeof(Accessor)], builder =>
        {
            builder.Services.AddHttpContextAccessor();
            builder.UseMiddleware<SetsAccessor>();
        });

        var answer = await host.Client.GetStringAsync("accessor", TestContext.Current.CancellationToken);

        Assert.Equal("True", answer);
    }

    public sealed class Functions(Notes notes)
    {
        [Function("page")]
        public IResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            notes.Add("page");

            return Results.Text("page");
        }

        [Function("message")]
        public void Message([QueueTrigger("middleware")] string message)
        {
            notes.Add("message");
        }

        [Function("timer")]
        public void Timer([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer)
        {
            notes.Add("timer");
        }
    }

    public sealed class Page(Notes notes)
    {
        [Function("page")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            notes.Add("page");

            return Results.Text("page");
        }
    }

    public sealed class Fails
    {
        [Function("fails")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            throw new NotSupportedException("because");
        }
    }

    public sealed class Accessor(IHttpContextAccessor accessor)
    {
        [Function("accessor")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            return Results.Text($"{ReferenceEquals(accessor.HttpContext, request.HttpContext)}");
        }
    }

    private sealed class Outer(Notes notes) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            notes.Add($"outer before {context.FunctionDefinition.Name} {context.GetHttpContext() is not null}");
            await next(context);
            notes.Add($"outer after {context.FunctionDefinition.Name}");
        }
    }

    private sealed class Inner(Notes notes) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            notes.Add($"inner before {context.FunctionDefinition.Name}");
            await next(context);
            notes.Add($"inner after {context.FunctionDefinition.Name}");
        }
    }

    private sealed class Counts(Notes notes) : IFunctionsWorkerMiddleware
    {
        private int count;

        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            notes.Add($"{++count}");

            return next(context);
        }
    }

    private sealed class Executes(Notes notes) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            await next(context);
            var result = context.GetInvocationResult();
            await ((IResult)result.Value!).ExecuteAsync(context.GetHttpContext()!);
            result.Value = null;
            notes.Add($"null {context.GetInvocationResult().Value is null}");
        }
    }

    private sealed class Replaces : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            await next(context);
            context.GetInvocationResult().Value = Results.Conflict();
        }
    }

    private sealed class Explains : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            try
            {
                await next(context);
            }
            catch (Exception e)
            {
                await context.GetHttpContext()!.Response.WriteAsync($"{e.GetType().Name}: {e.Message}");
            }
        }
    }

    private sealed class SetsAccessor(IHttpContextAccessor accessor) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            accessor.HttpContext = context.GetHttpContext();

            return next(context);
        }
    }
}
