using CitiesOfLearning.Hub.Verification.Fetching;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.Hub.Tests.Verification.Fetching;

/// <summary>Nobody can use the hub to trouble others, and an old answer is not taken for a new one (security rows 5 and 18).</summary>
public sealed class FetchMannersTests : IAsyncDisposable
{
    private const string Url = "https://issuer.example/keys/1";

    private readonly SomeInternet _internet = SomeInternet.Start();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _internet.DisposeAsync();

    [Fact]
    public async Task A_document_is_used_again_for_a_minute_and_not_longer()
    {
        _internet.Serve(Url, "1"u8.ToArray());
        using var fetcher = _internet.Fetcher(_time);
        var first = Assert.IsType<Fetched.Found>(await fetcher.FetchAsync(Url, new(Cancel)));
        _internet.Serve(Url, "2"u8.ToArray());

        _time.Advance(FetchCache.MaxAge - TimeSpan.FromTicks(1));
        var kept = Assert.IsType<Fetched.Found>(await fetcher.FetchAsync(Url + "#fragment", new(Cancel)));
        _time.Advance(TimeSpan.FromTicks(1));
        var fresh = Assert.IsType<Fetched.Found>(await fetcher.FetchAsync(Url, new(Cancel)));

        Assert.Equal((first.At, "1"), (kept.At, System.Text.Encoding.ASCII.GetString(kept.Body.Span)));
        Assert.Equal((_time.GetUtcNow(), "2"), (fresh.At, System.Text.Encoding.ASCII.GetString(fresh.Body.Span)));
        Assert.Equal(2, _internet.Requests.Count);
    }

    [Fact]
    public async Task What_did_not_come_is_not_asked_for_again_at_once()
    {
        _internet.Serve("https://issuer.example/", "{}"u8.ToArray());
        using var fetcher = _internet.Fetcher(_time);

        await fetcher.FetchAsync(Url, new(Cancel));
        await fetcher.FetchAsync(Url, new(Cancel));
        Assert.Single(_internet.Requests);

        _time.Advance(FetchCache.MaxAgeOfFailure);
        _internet.Serve(Url, "{}"u8.ToArray());
        Assert.IsType<Fetched.Found>(await fetcher.FetchAsync(Url, new(Cancel)));
    }

    [Fact]
    public async Task Many_who_ask_for_the_same_at_once_make_one_request()
    {
        var go = new TaskCompletionSource();
        _internet.Serve(Url, context => go.Task);
        using var fetcher = _internet.Fetcher(_time);

        var all = Enumerable.Range(0, 50).Select(_ => fetcher.FetchAsync(Url, new(Cancel))).ToArray();
        using var impatient = new CancellationTokenSource();
        var left = fetcher.FetchAsync(Url, new(impatient.Token));
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        go.SetResult();

        Assert.All(await Task.WhenAll(all), f => Assert.IsType<Fetched.Found>(f));
        Assert.Single(_internet.Requests);
    }

    [Fact]
    public async Task One_host_has_two_requests_at_once_and_all_hosts_sixteen()
    {
        var (now, most, reached) = (0, 0, 0);
        var go = new TaskCompletionSource();
        var perHost = new int[12];
        foreach (var host in Enumerable.Range(0, 12))
        {
            foreach (var page in Enumerable.Range(0, 4))
            {
                _internet.Serve($"https://h{host}.example/{page}", async context =>
                {
                    Assert.InRange(Interlocked.Increment(ref perHost[host]), 1, FetchGates.AtOncePerHost);
                    var count = Interlocked.Increment(ref now);
                    InterlockedMax(ref most, count);
                    Interlocked.Increment(ref reached);
                    await go.Task;
                    Interlocked.Decrement(ref now);
                    Interlocked.Decrement(ref perHost[host]);
                });
            }
        }

        using var fetcher = _internet.Fetcher(_time);
        var all = Enumerable.Range(0, 48).Select(i => fetcher.FetchAsync($"https://h{i % 12}.example/{i / 12}", new(Cancel))).ToArray();
        while (Volatile.Read(ref reached) < FetchGates.AtOnce)
        {
            await Task.Delay(5, Cancel);
        }

        go.SetResult();

        Assert.All(await Task.WhenAll(all), f => Assert.IsType<Fetched.Found>(f));
        Assert.Equal(FetchGates.AtOnce, most);
    }

    [Fact]
    public async Task One_host_is_asked_sixty_times_a_minute_at_most()
    {
        foreach (var page in Enumerable.Range(0, 70))
        {
            _internet.Serve($"https://issuer.example/{page}", "{}"u8.ToArray());
        }

        _internet.Serve("https://other.example/", "{}"u8.ToArray());
        using var fetcher = _internet.Fetcher(_time);

        var answers = await Task.WhenAll(Enumerable
            .Range(0, 70)
            .Select(page => fetcher.FetchAsync($"https://issuer.example/{page}", new(Cancel))));

        Assert.Equal(FetchGates.PerHostAndMinute, answers.Count(a => a is Fetched.Found));
        Assert.Equal(10, answers.Count(a => a == new Fetched.Unreachable(UnreachableReason.Busy)));
        Assert.Equal(FetchGates.PerHostAndMinute, _internet.Requests.Count);
        Assert.IsType<Fetched.Found>(await fetcher.FetchAsync("https://other.example/", new(Cancel)));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<Fetched.Found>(await fetcher.FetchAsync("https://issuer.example/69", new(Cancel)));
    }

    [Fact]
    public async Task The_cache_is_bounded_in_number_and_bytes_and_lets_the_oldest_go()
    {
        var cache = new FetchCache(_time);
        var fetches = 0;

        foreach (var i in Enumerable.Range(0, FetchCache.MaxEntries + 1))
        {
            await GetAsync($"small {i}", 1);
        }

        fetches = 0;
        await GetAsync($"small {FetchCache.MaxEntries}", 1);
        Assert.Equal(0, fetches);
        await GetAsync("small 0", 1);
        Assert.Equal(1, fetches);

        foreach (var i in Enumerable.Range(0, 17))
        {
            await GetAsync($"large {i}", 1024 * 1024);
        }

        fetches = 0;
        await GetAsync("large 16", 1024 * 1024);
        Assert.Equal(0, fetches);
        await GetAsync("large 0", 1024 * 1024);
        Assert.Equal(1, fetches);

        Task<Fetched> GetAsync(string address, int bytes)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return cache.GetAsync(address, () =>
            {
                fetches++;
                return Task.FromResult<Fetched>(new Fetched.Found(new byte[bytes], new Uri("https://issuer.example/"), _time.GetUtcNow()));
            });
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
