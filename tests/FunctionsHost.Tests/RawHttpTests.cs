using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace CitiesOfLearning.FunctionsHost.Tests;

/// <summary>Requests as no client of .NET writes them: what passes byte for byte, and what is refused, by whom.</summary>
public sealed class RawHttpTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_is_no_HTTP_is_refused_by_the_host()
    {
        using var socket = new TcpClient("127.0.0.1", shared.App.Client.BaseAddress!.Port);
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
        Assert.Equal(value, echo.GetProperty("headers").GetProperty(name).GetString());
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
}
