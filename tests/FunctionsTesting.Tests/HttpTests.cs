using System.Net;
using System.Net.Http.Json;
using CitiesOfLearning.Tests.Apps.Sample;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.FunctionsTesting.Tests;

public sealed class HttpTests(FunctionsFactory<Program> app) : IClassFixture<FunctionsFactory<Program>>
{
    private readonly HttpClient _client = app.CreateClient();

    [Fact]
    public async Task An_answer_is_what_the_function_returned() =>
        Assert.Equal("hello world", await _client.GetStringAsync("/hello", Cancel));

    [Theory]
    [InlineData("/shops/north/items/7", "north", 7, null)]
    [InlineData("/shops/caf%C3%A9%20one/items/0/as%2Fis", "café one", 0, "as%2Fis")]
    [InlineData("/SHOPS/x/items/-1/note", "x", -1, "note")]
    public async Task Route_values_reach_the_function(string path, string shop, int id, string? note) =>
        Assert.Equal(new Item(shop, id, note), await _client.GetFromJsonAsync<Item>(path, Cancel));

    [Theory]
    [InlineData("/rest", "[]")]
    [InlineData("/rest/", "[]")]
    [InlineData("/rest/a/b%20c", "[a/b c]")]
    public async Task A_catch_all_takes_what_is_left(string path, string answer) =>
        Assert.Equal(answer, await _client.GetStringAsync(path, Cancel));

    [Theory]
    [InlineData("GET", "/nowhere")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/shops/north/items/seven")]
    [InlineData("POST", "/hello")]
    [InlineData("HEAD", "/hello")]
    public async Task What_no_function_takes_is_an_empty_404(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await _client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task HEAD_is_answered_where_it_is_listed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/echo/x");

        using var response = await _client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task An_exception_is_an_empty_500_that_keeps_the_headers()
    {
        using var response = await _client.GetAsync("/throws", Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("set", response.Headers.GetValues("X-Before").Single());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task An_exception_after_the_answer_began_ends_it()
    {
        using var response = await _client.GetAsync("/throwsLate", HttpCompletionOption.ResponseHeadersRead, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("half an answer", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task The_request_arrives_as_it_was_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "https://badges.example/echo/a%20b?c=d%20e");
        request.Headers.Add("X-Own", "own");
        request.Content = new ByteArrayContent(new byte[1_000_000]);

        using var response = await _client.SendAsync(request, Cancel);
        var echo = (await response.Content.ReadFromJsonAsync<Echo>(Cancel))!;

        Assert.Equal(("PATCH", "/echo/a%20b", "?c=d%20e", 1_000_000), (echo.Method, echo.Path, echo.Query, echo.BodyLength));
        Assert.Equal(("https", "badges.example", "own"), (echo.Scheme, echo.Host, echo.Headers["X-Own"]));
    }

    [Fact]
    public async Task A_caller_cannot_say_where_it_was_forwarded_from()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/echo/x");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("x-ms-invocation-id", "mine");

        using var response = await _client.SendAsync(request, Cancel);
        var echo = (await response.Content.ReadFromJsonAsync<Echo>(Cancel))!;

        Assert.Equal(("http", "localhost"), (echo.Scheme, echo.Host));
        Assert.NotEqual("mine", echo.Headers["x-ms-invocation-id"]);
    }

    [Fact]
    public async Task Cookies_and_a_status_without_a_body_pass()
    {
        using var cookies = await _client.GetAsync("/cookies", Cancel);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/unchanged") { Headers = { { "If-None-Match", "\"1\"" } } };
        using var unchanged = await _client.SendAsync(again, Cancel);

        Assert.Equal(2, cookies.Headers.GetValues("Set-Cookie").Count());
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task A_big_answer_comes_whole()
    {
        using var response = await _client.GetAsync("/big/3000001", Cancel);

        Assert.Equal(3_000_001, (await response.Content.ReadAsByteArrayAsync(Cancel)).Length);
    }

    [Fact]
    public async Task The_beginning_of_an_answer_comes_before_its_end()
    {
        using var response = await _client.GetAsync("/chunks/60000", HttpCompletionOption.ResponseHeadersRead, Cancel);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));

        Assert.Equal("first", await reader.ReadLineAsync(Cancel));
    }

    [Fact]
    public async Task The_function_is_told_when_its_caller_leaves()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var call = _client.GetAsync("/slow", leaving.Token);
        await Some.UntilAsync(() => app.Notes().Contains("slow started"));

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Some.UntilAsync(() => app.Notes().Contains("slow aborted"));
    }

    [Fact]
    public async Task The_apps_middleware_runs()
    {
        using var response = await _client.PostAsync("/length", new ByteArrayContent([1, 2, 3]), Cancel);

        Assert.Equal("3", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(1, app.Services.GetRequiredService<Calls>().ByFunction["length"]);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
