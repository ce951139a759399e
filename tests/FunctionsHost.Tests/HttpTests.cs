using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.FunctionsHost.Tests;

/// <summary>What the Functions host does with HTTP, over real sockets and a worker process.</summary>
public sealed class HttpTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Client => shared.App.Client;

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task A_listed_method_reaches_its_function(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "echo/a/b?c=d");
        using var response = await Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        if (method != "HEAD")
        {
            var echo = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            Assert.Equal((method, "/echo/a/b", "?c=d"), (Text(echo, "method"), Text(echo, "path"), Text(echo, "query")));
        }
    }

    [Theory]
    [InlineData("POST", "hello")]
    [InlineData("HEAD", "hello")]
    [InlineData("GET", "nothing/here")]
    [InlineData("GET", "shops/one/items/two")]
    [InlineData("GET", "api/hello")]
    public async Task What_no_route_takes_is_an_empty_404_for_a_wrong_method_too(string method, string path)
    {
        using var response = await Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Theory]
    [InlineData("shops/caf%C3%A9/items/12", "café", 12, null)]
    [InlineData("shops/a%20b/items/7/gift", "a b", 7, "gift")]
    [InlineData("Shops/x/ITEMS/1", "x", 1, null)]
    public async Task Route_values_are_bound(string path, string shop, int id, string? note)
    {
        var item = await Client.GetFromJsonAsync<JsonElement>(path, Cancel);

        Assert.Equal((shop, id, note), (Text(item, "shop"), item.GetProperty("id").GetInt32(), Text(item, "note")));
    }

    [Theory]
    [InlineData("rest", "[]")]
    [InlineData("rest/a", "[a]")]
    [InlineData("rest/a/b/c", "[a/b/c]")]
    public async Task A_catch_all_takes_the_rest(string path, string expected) =>
        Assert.Equal(expected, await Client.GetStringAsync(path, Cancel));

    [Fact]
    public async Task An_exception_is_an_empty_500_that_keeps_the_headers_set_so_far()
    {
        using var response = await Client.GetAsync("throws", Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("set", response.Headers.GetValues("X-Before").Single());
    }

    [Fact]
    public async Task An_exception_after_the_answer_has_begun_breaks_the_connection() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.GetStringAsync("throwsLate", Cancel));

    [Theory]
    [InlineData(1, HttpStatusCode.OK)]
    [InlineData(1_000_000, HttpStatusCode.OK)]
    [InlineData(10_000_000, HttpStatusCode.OK)]
    [InlineData(29_000_000, HttpStatusCode.OK)]
    [InlineData(30_000_001, HttpStatusCode.InternalServerError)]
    public async Task A_body_of_up_to_thirty_million_bytes_is_read(int length, HttpStatusCode expected)
    {
        using var response = await Client.PostAsync("length", new ByteArrayContent(new byte[length]), Cancel);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? $"{length}" : "", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_chunked_body_is_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "length") { Content = new ByteArrayContent(new byte[2_000_000]) };
        request.Headers.TransferEncodingChunked = true;
        using var response = await Client.SendAsync(request, Cancel);

        Assert.Equal("2000000", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000_000)]
    public async Task An_answer_of_any_size_arrives_whole(int size) =>
        Assert.Equal(size, (await Client.GetByteArrayAsync($"big/{size}", Cancel)).Length);

    [Fact]
    public async Task An_answer_arrives_as_it_is_written()
    {
        await using var stream = await Client.GetStreamAsync("chunks/2000", Cancel);
        using var reader = new StreamReader(stream);
        var began = TimeProvider.System.GetTimestamp();

        var first = await reader.ReadLineAsync(Cancel);
        var took = TimeProvider.System.GetElapsedTime(began);
        var second = await reader.ReadLineAsync(Cancel);

        Assert.Equal(("first", "second"), (first, second));
        Assert.True(took < TimeSpan.FromSeconds(1.9), $"The first half came after {took}.");
    }

    [Fact]
    public async Task Several_cookies_stay_several()
    {
        using var response = await Client.GetAsync("cookies", Cancel);

        Assert.Equal(["first=1; path=/; secure; httponly", "second=2; path=/; secure; httponly"], response.Headers.GetValues("Set-Cookie"));
    }

    [Fact]
    public async Task A_304_has_no_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "unchanged") { Headers = { IfNoneMatch = { new("\"1\"") } } };
        using var response = await Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal("\"1\"", response.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task What_only_the_host_may_say_is_taken_from_nobody_else()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "echo");
        request.Headers.Host = "badges.example.org";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        request.Headers.Add("x-ms-invocation-id", "11111111-1111-1111-1111-111111111111");
        request.Headers.Add("X-Own", ["a", "b"]);
        using var response = await Client.SendAsync(request, Cancel);
        var echo = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var headers = echo
            .GetProperty("headers")
            .EnumerateObject()
            .ToDictionary(h => h.Name, h => h.Value.GetString()!, StringComparer.OrdinalIgnoreCase);

        Assert.Equal(("badges.example.org", "http"), (Text(echo, "host"), Text(echo, "scheme")));
        Assert.NotEqual("11111111-1111-1111-1111-111111111111", headers["x-ms-invocation-id"]);
        Assert.DoesNotContain("192.0.2.1", headers.Values);
        Assert.Equal("a, b", headers["X-Own"].Replace(",b", ", b"));
    }

    [Fact]
    public async Task A_caller_who_leaves_ends_the_function()
    {
        await using var app = await SampleApp.StartAsync();
        using var leaving = new CancellationTokenSource();
        var asking = app.Client.GetAsync("slow", leaving.Token);
        await app.NotesAsync("slow started", 1);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await app.NotesAsync("slow aborted", 1);
        await app.UntilAsync(
            () => app.Log,
            log => log.Any(l => l.StartsWith("Debug Host.Http: A request to slow has ended", StringComparison.Ordinal)),
            _ => "It is not logged");
        await app.Client.GetStringAsync("hello", Cancel);
        Assert.DoesNotContain(
            app.Log,
            line => line.StartsWith("Error ", StringComparison.Ordinal)
                || (line.Contains("slow", StringComparison.Ordinal) && line.Length > 400));
    }

    [Fact]
    public async Task Requests_at_once_do_not_get_in_each_others_way()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Client.GetStringAsync($"rest/{i}", Cancel)));

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"[{i}]"), answers);
    }

    [Fact]
    public async Task What_comes_before_the_app_may_answer_in_its_place()
    {
        await using var app = await SampleApp.StartAsync(options => options with
        {
            Before = (http, next) => http.Request.Path == "/mine" ? http.Response.WriteAsync("mine", http.RequestAborted) : next(),
        });

        Assert.Equal("mine", await app.Client.GetStringAsync("mine", Cancel));
        Assert.Equal("hello world", await app.Client.GetStringAsync("hello", Cancel));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
