using System.IO.Compression;
using CitiesOfLearning.Hub.Verification.Fetching;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Verification.Fetching;

/// <summary>Security row 5: how much a stranger's document may weigh, and how long it may take.</summary>
public sealed class FetchLimitTests : IAsyncDisposable
{
    private const string Url = "https://issuer.example/keys/1";

    private readonly SomeInternet _internet = SomeInternet.Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _internet.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_a_mebibyte_is_refused_whether_it_says_so_or_not(bool saysSo)
    {
        var longest = new byte[DocumentFetcher.MaxBytes];
        var tooLong = new byte[DocumentFetcher.MaxBytes + 1];
        _internet.Serve(Url, c => WriteAsync(c, longest, saysSo));
        _internet.Serve(Url + "?long", c => WriteAsync(c, tooLong, saysSo));
        using var fetcher = _internet.Fetcher();

        Assert.Equal(longest.Length, Assert.IsType<Fetched.Found>(await fetcher.FetchAsync(Url, new(Cancel))).Body.Length);
        Assert.Equal(new Fetched.Refused(FetchRule.Size), await fetcher.FetchAsync(Url + "?long", new(Cancel)));
    }

    [Fact]
    public async Task A_body_without_end_is_given_up_at_a_mebibyte()
    {
        _internet.Serve(Url, async context =>
        {
            var block = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });
        using var fetcher = _internet.Fetcher();

        Assert.Equal(new Fetched.Refused(FetchRule.Size), await fetcher.FetchAsync(Url, new(Cancel)));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("identity, gzip")]
    public async Task A_compressed_body_is_never_inflated(string encoding)
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[100 * 1024 * 1024]);
        }

        var asked = "";
        _internet.Serve(Url, async context =>
        {
            asked = context.Request.Headers.AcceptEncoding.ToString();
            context.Response.Headers.ContentEncoding = encoding;
            await context.Response.Body.WriteAsync(bomb.ToArray());
        });
        using var fetcher = _internet.Fetcher();

        Assert.Equal(new Fetched.Refused(FetchRule.Encoding), await fetcher.FetchAsync(Url, new(Cancel)));
        Assert.Equal("identity", asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_five_seconds_it_is_given_up_before_the_head_or_within_the_body(bool afterHead)
    {
        var reached = new TaskCompletionSource();
        var time = new FakeTimeProvider();
        _internet.Serve(Url, async context =>
        {
            if (afterHead)
            {
                await context.Response.Body.WriteAsync("{"u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            reached.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var fetcher = _internet.Fetcher(time);

        var fetching = fetcher.FetchAsync(Url, new(Cancel));
        await reached.Task.WaitAsync(Cancel);
        time.Advance(DocumentFetcher.TimeLimit - TimeSpan.FromMilliseconds(1));
        Assert.False(fetching.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new Fetched.Unreachable(UnreachableReason.Time), await fetching.WaitAsync(Cancel));
    }

    [Fact]
    public async Task The_five_seconds_are_for_all_redirects_together()
    {
        var time = new FakeTimeProvider();
        _internet.Serve(Url, context =>
        {
            time.Advance(TimeSpan.FromSeconds(3));
            context.Response.Redirect("https://issuer.example/2");
            return Task.CompletedTask;
        });
        _internet.Serve("https://issuer.example/2", async context =>
        {
            time.Advance(TimeSpan.FromSeconds(3));
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var fetcher = _internet.Fetcher(time);

        Assert.Equal(new Fetched.Unreachable(UnreachableReason.Time), await fetcher.FetchAsync(Url, new(Cancel)));
    }

    private static async Task WriteAsync(HttpContext context, byte[] body, bool withLength)
    {
        context.Response.ContentLength = withLength ? body.Length : null;
        await context.Response.Body.WriteAsync(body);
    }
}
