using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
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
            line => line.StartsWith(
                "Error ", StringComparison.Ordinal) || (line.Contains("slow", StringComparison.Ordinal) && line.Length > 400));
    }

    [Fact]
    public async Task A_request_that_is_no_HTTP_is_refused_by_the_host()
    {
        using var socket = new TcpClient("127.0.0.1", Client.BaseAddress!.Port);
        await socket.GetStream().WriteAsync("NONSENSE\r\n\r\n"u8.ToArray(), Cancel);

        var answer = new byte[12];
        await socket.GetStream().ReadExactlyAsync(answer, Cancel);

        Assert.Equal("HTTP/1.1 400", Encoding.ASCII.GetString(answer));
    }

    [Theory]
    [InlineData("Cookie", "a=é")]
    [InlineData("User-Agent", "Mozilla ☃")]
    [InlineData("X-Own", "dŵr 水")]
    public async Task A_header_in_UTF_8_reaches_the_function(string name, string value)
    {
        var answer = await RawAsync($"GET /echo HTTP/1.1\r\nHost: localhost\r\n{name}: {value}\r\nConnection: close\r\n\r\n");

        var echo = JsonSerializer.Deserialize<JsonElement>(answer[answer.IndexOf('{')..(answer.LastIndexOf('}') + 1)]);
        Assert.Equal(value, Text(echo.GetProperty("headers"), name));
    }

    [Theory]
    [InlineData(95, 0, 200)]
    [InlineData(96, 0, 431)]
    [InlineData(98, 0, 431)]
    [InlineData(0, 32_100, 200)]
    [InlineData(0, 32_300, 431)]
    [InlineData(0, 32_700, 431)]
    public async Task Headers_up_to_what_the_worker_takes_with_the_hosts_own_pass_and_more_are_refused_at_once(
        int count, int length, int status)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: a\r\n")) + (length > 0
            ? $"X-A: {new string('a', length)}\r\n"
            : "");

        var answer = await RawAsync($"GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
    }

    [Fact]
    public async Task What_the_workers_own_server_refuses_ends_there()
    {
        await using var app = await SampleApp.StartAsync();
        await app.Client.GetStringAsync("hello", Cancel);

        // It passes the host's limit, and is three times as long once it is escaped.
        var answer = await RawAsync(app, $"GET /rest/{new string('{', 7000)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 414 ", answer);
        await app.UntilAsync(
            () => app.Log,
            log => log.Any(
                l => l.StartsWith("Debug Host.Http: The worker's server has refused a request to rest: 414", StringComparison.Ordinal)),
            _ => "It is not logged");
        await Task.Delay(1000, Cancel);
        Assert.DoesNotContain(app.Log, line => line.StartsWith("Error ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n0\r\n\r\n", 400)]
    [InlineData("Content-Length: 200000000\r\n\r\nabc", 413)]
    public async Task A_body_that_is_no_HTTP_is_the_callers_fault(string rest, int status)
    {
        await using var app = await SampleApp.StartAsync();
        await app.Client.GetStringAsync("hello", Cancel);

        var answer = await RawAsync(app, $"POST /length HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{rest}");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        await Task.Delay(500, Cancel);
        Assert.DoesNotContain(app.Log, line => line.StartsWith("Error ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("xn--localhost", 400)]
    [InlineData("xn--bcher-kva.example", 200)]
    public async Task A_host_that_cannot_be_one_is_refused(string host, int status) =>
        Assert.StartsWith($"HTTP/1.1 {status} ", await RawAsync($"GET /hello HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));

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

    private Task<string> RawAsync(string request) => RawAsync(shared.App, request);

    private static async Task<string> RawAsync(SampleApp app, string request)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        using var socket = new TcpClient("127.0.0.1", app.Client.BaseAddress!.Port);
        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), patience.Token);
        using var reader = new StreamReader(socket.GetStream());
        return await reader.ReadToEndAsync(patience.Token);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
