using System.Net;

namespace CitiesOfLearning.FunctionsTesting.Tests;

/// <summary>The same through a port, for what the in-memory server does not have.</summary>
public sealed class KestrelTests : IAsyncDisposable
{
    private readonly FunctionsFactory<Program> _app = new();
    private readonly HttpClient _client;

    public KestrelTests()
    {
        _app.UseKestrel(0);
        _client = _app.CreateClient();
    }

    [Fact]
    public async Task It_answers_through_a_port_of_its_own()
    {
        Assert.Equal("hello world", await _client.GetStringAsync("/hello", Cancel));
        Assert.NotInRange(_client.BaseAddress!.Port, 0, 1023);
    }

    [Theory]
    [InlineData(29_000_000, HttpStatusCode.OK)]
    [InlineData(30_000_001, HttpStatusCode.InternalServerError)]
    public async Task A_body_is_as_big_as_the_worker_allows(int length, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/length") { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.ExpectContinue = true;

        using var response = await _client.SendAsync(request, Cancel);

        Assert.Equal(status, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
