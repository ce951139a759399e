using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.App.Tests.Host;

public sealed class HttpAnswerTests
{
    [Fact]
    public async Task A_result_is_executed()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        using var response = await host.Client.GetAsync("result", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("done", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_action_result_is_executed()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        using var response = await host.Client.GetAsync("action", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)418, response.StatusCode);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("object")]
    [InlineData("nothing")]
    public async Task Anything_else_is_an_empty_200(string path)
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        using var response = await host.Client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_exception_is_an_empty_500_that_keeps_the_headers_set_so_far()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        using var response = await host.Client.GetAsync("fails", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("kept", response.Headers.GetValues("X-Before").Single());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_exception_after_the_answer_has_begun_breaks_the_connection()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        var read = () => host.Client.GetStringAsync("breaks", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<HttpRequestException>(read);
    }

    [Fact]
    public async Task A_route_value_that_does_not_convert_is_a_500()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        using var response = await host.Client.GetAsync("converts/abc", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Other_parameters_arrive_null()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        var answer = await host.Client.GetStringAsync("others", TestContext.Current.CancellationToken);

        Assert.Equal("True True", answer);
    }

    [Fact]
    public async Task The_context_names_the_function_and_the_invocation()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        var first = await host.Client.GetStringAsync("context", TestContext.Current.CancellationToken);
        var second = await host.Client.GetStringAsync("context", TestContext.Current.CancellationToken);

        Assert.StartsWith("context ", first);
        Assert.NotEqual(first, second);
        Assert.True(Guid.TryParse(first["context ".Length..], out _));
    }

    [Fact]
    public async Task The_http_context_accessor_is_null()
    {
        await using var host = await TestHost.StartAsync([typeof(Functions)], builder => builder.Services.AddHttpContextAccessor());

        var answer = await host.Client.GetStringAsync("accessor", TestContext.Current.CancellationToken);

        Assert.Equal("True", answer);
    }

    [Fact]
    public async Task A_caller_who_leaves_cancels_the_function()
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        using var leaving = new CancellationTokenSource();
        var call = host.Client.GetAsync("waits", leaving.Token);
        await host.Notes.UntilAsync(1);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await host.Notes.UntilAsync(2);
        Assert.Equal(["waits", "cancelled"], host.Notes.All);
    }

    [Theory]
    [InlineData(30_000_000, false, HttpStatusCode.OK)]
    [InlineData(30_000_001, false, HttpStatusCode.InternalServerError)]
    [InlineData(30_000_001, true, HttpStatusCode.InternalServerError)]
    public async Task A_body_over_thirty_million_bytes_is_a_500(int length, bool chunked, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync(typeof(Functions));

        using var request = new HttpRequestMessage(HttpMethod.Post, "reads") { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.ExpectContinue = !chunked;
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Every_invocation_has_a_class_and_a_scope_of_its_own()
    {
        await using var host = await TestHost.StartAsync([typeof(Scoped)], builder => builder.Services.AddScoped<Counter>());

        var first = await host.Client.GetStringAsync("scoped", TestContext.Current.CancellationToken);
        var second = await host.Client.GetStringAsync("scoped", TestContext.Current.CancellationToken);

        Assert.Equal(["1 1", "1 1"], [first, second]);
    }

    public sealed class Functions(Notes notes)
    {
        [Function("result")]
        public async Task<IResult> Result([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            await Task.Yield();

            return Results.Text("done", statusCode: StatusCodes.Status202Accepted);
        }

        [Function("action")]
        public IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            return new StatusCodeResult(418);
        }

        [Function("text")]
        public string Text([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            return "not sent";
        }

        [Function("object")]
        public Task<object> Object([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            return Task.FromResult<object>(new { NotSent = true });
        }

        [Function("nothing")]
        public async Task Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            await Task.Yield();
        }

        [Function("fails")]
        public IResult Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            request.HttpContext.Response.Headers["X-Before"] = "kept";
            request.HttpContext.Response.ContentLength = 100;
            throw new InvalidOperationException("It fails.");
        }

        [Function("breaks")]
        public async Task<IResult> Breaks([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            await request.HttpContext.Response.WriteAsync("begun");
            await request.HttpContext.Response.Body.FlushAsync();
            throw new InvalidOperationException("It breaks.");
        }

        [Function("converts")]
        public IResult Converts([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "converts/{n}")] HttpRequest request, int n)
        {
            return Results.Text($"{n}");
        }

        [Function("others")]
        public IResult Others([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, List<string>? list, string? unknown)
        {
            return Results.Text($"{list is null} {unknown is null}");
        }

        [Function("context")]
        public IResult Context([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context)
        {
            return Results.Text($"{context.FunctionDefinition.Name} {context.InvocationId}");
        }

        [Function("accessor")]
        public IResult Accessor([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context)
        {
            return Results.Text($"{context.InstanceServices.GetRequiredService<IHttpContextAccessor>().HttpContext is null}");
        }

        [Function("waits")]
        public async Task<IResult> Waits([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellation)
        {
            notes.Add("waits");
            using var _ = cancellation.Register(() => notes.Add("cancelled"));
            await Task.Delay(Timeout.Infinite, cancellation);

            return Results.Ok();
        }

        [Function("reads")]
        public async Task<IResult> Reads([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
        {
            await request.Body.CopyToAsync(Stream.Null);

            return Results.Ok();
        }
    }

    public sealed class Scoped(Counter counter, IServiceProvider services)
    {
        private int calls;

        [Function("scoped")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            calls++;
            counter.Value++;

            return Results.Text($"{calls} {services.GetRequiredService<Counter>().Value}");
        }
    }

    public sealed class Counter
    {
        public int Value { get; set; }
    }
}
