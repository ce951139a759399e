using System.Net;
using System.Net.Sockets;
using System.Text;
using CitiesOfLearning.Hub.Verification;
using CitiesOfLearning.Hub.Verification.Fetching;
using DnsClient;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.Hub.Tests.Verification;

/// <summary>R1 to R3: whoever hands in badges that are dear, or whose hosts are slow, holds up nobody else.</summary>
[Collection(nameof(IssuedHub))]
public sealed class VerificationDeskTests(IssuedHub issued) : IAsyncDisposable
{
    private const int Many = 200;

    private readonly Strangers _strangers = new(issued.Hub);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _strangers.DisposeAsync();

    [Fact]
    public async Task Who_comes_when_all_places_are_taken_is_told_to_come_again_at_once()
    {
        var (go, came) = (new TaskCompletionSource(), new SemaphoreSlim(0));
        _strangers.Internet.Serve("https://slow.example/1", _ => HoldAsync());
        _strangers.Internet.Serve("https://slow.example/2", _ => HoldAsync());
        using var desk = new VerificationDesk(_strangers.Verifier(), issued.Hub.Time, new OwnThreads(1, "test"), atOnce: 2);

        var first = desk.VerifyAsync("https://slow.example/1"u8.ToArray(), Cancel);
        var second = desk.VerifyAsync("https://slow.example/2"u8.ToArray(), Cancel);
        await came.WaitAsync(Cancel);
        await came.WaitAsync(Cancel);

        Assert.Null(await desk.VerifyAsync(issued.Badge.Png, Cancel));
        go.SetResult();
        Assert.All(await Task.WhenAll(first, second), answer => Assert.NotNull(answer));
        Assert.Equal(Answer.Yes, (await desk.VerifyAsync(issued.Badge.Png, Cancel))![0].Report.Authentic);

        async Task HoldAsync()
        {
            came.Release();
            await go.Task;
        }
    }

    [Fact]
    public async Task Who_has_waited_long_for_a_thread_is_told_to_come_again()
    {
        using var threads = new OwnThreads(1, "test");
        var busy = new TaskCompletionSource();
        using var go = new ManualResetEventSlim();
        var occupied = Task.Factory.StartNew(
            () =>
            {
                busy.SetResult();
                go.Wait(Cancel);
            },
            Cancel,
            TaskCreationOptions.None,
            threads);
        await busy.Task;
        var desk = new VerificationDesk(_strangers.Verifier(), issued.Hub.Time, threads, atOnce: 2);

        var late = desk.VerifyAsync(issued.Badge.Png, Cancel);
        issued.Hub.Time.Advance(VerificationDesk.MaxQueueing + TimeSpan.FromMilliseconds(1));
        var soon = desk.VerifyAsync(issued.Badge.Png, Cancel);
        go.Set();
        await occupied;

        Assert.Null(await late);
        Assert.NotNull(await soon);
    }

    [Fact]
    public async Task What_awaits_goes_on_with_the_same_threads()
    {
        using var threads = new OwnThreads(1, "test");

        var names = await Task.Factory.StartNew(
            async () =>
            {
                var before = Thread.CurrentThread.Name;
                await Task.Run(() => { }, Cancel);
                return (before, Thread.CurrentThread.Name);
            },
            Cancel,
            TaskCreationOptions.None,
            threads).Unwrap();

        Assert.Equal(("test 0", "test 0"), names);
    }

    /// <summary>R2: two hundred names whose servers never answer, asked of a real socket.</summary>
    [Fact]
    public async Task Names_that_never_resolve_hold_up_no_badge_of_this_hub()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var dns = new LookupClient(new LookupClientOptions((IPEndPoint)silent.Client.LocalEndPoint!)
        {
            Timeout = TimeSpan.FromMinutes(5),
            UseCache = false,
        });

        await TwoHundredAsync(FetchNetwork.Internet(dns), () => silent.Available > 0);
    }

    /// <summary>R2: two hundred hosts that take a request and say nothing, or something that never comes to its end.</summary>
    [Theory]
    [InlineData("silent")]
    [InlineData("trickling")]
    public async Task Hosts_that_never_finish_hold_up_no_badge_of_this_hub(string kind)
    {
        for (var i = 0; i < Many; i++)
        {
            _strangers.Internet.Serve(Address(i), context => NeverFinishAsync(context, kind));
        }

        await TwoHundredAsync(_strangers.Internet.Network, () => !_strangers.Internet.Requests.IsEmpty);
    }

    /// <summary>R2: each is given up at a mebibyte, so nobody waits for them.</summary>
    [Fact]
    public async Task Endless_bodies_are_given_up_and_everybody_is_answered()
    {
        for (var i = 0; i < Many; i++)
        {
            _strangers.Internet.Serve(Address(i), async context =>
            {
                var block = new byte[64 * 1024];
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.Body.WriteAsync(block, context.RequestAborted);
                }
            });
        }

        using var desk = new VerificationDesk(_strangers.Verifier(), issued.Hub.Time);
        var strangers = HandIn(desk);

        var answers = await Task.WhenAll(strangers);
        Assert.Equal(Answer.Yes, (await desk.VerifyAsync(issued.Badge.Png, Cancel))![0].Report.Authentic);
        Assert.All(answers.OfType<VerificationReport>(), r => Assert.Equal("Check.input.unreachable", r.Of("input").TextKey));
        Assert.Contains(answers, r => r is not null);
    }

    private static string Address(int number) => $"https://n{number}.example/";

    private static async Task NeverFinishAsync(HttpContext context, string kind)
    {
        if (kind == "silent")
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync("."u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(20, context.RequestAborted);
        }
    }

    private static List<Task<VerificationReport?>> HandIn(VerificationDesk desk) =>
        [.. Enumerable.Range(0, Many).Select(i => HandInAsync(desk, i))];

    private static async Task<VerificationReport?> HandInAsync(VerificationDesk desk, int number) =>
        await desk.VerifyAsync(Encoding.ASCII.GetBytes(Address(number)), Cancel) is [var badge] ? badge.Report : null;

    // All but those who wait are told to come again at once, and whoever has a badge of this hub is answered meanwhile.
    private async Task TwoHundredAsync(FetchNetwork network, Func<bool> hasBegun)
    {
        using var desk = new VerificationDesk(_strangers.Verifier(network), issued.Hub.Time);
        var strangers = HandIn(desk);
        while (!hasBegun() || strangers.Count(s => !s.IsCompleted) > BadgeVerifier.MaxOthersAtOnce)
        {
            await Task.Delay(5, Cancel);
        }

        Assert.Equal(Answer.Yes, (await desk.VerifyAsync(issued.Badge.Png, Cancel))![0].Report.Authentic);
        Assert.Equal(BadgeVerifier.MaxOthersAtOnce, strangers.Count(s => !s.IsCompleted));
        while (strangers.Any(s => !s.IsCompleted))
        {
            issued.Hub.Time.Advance(DocumentFetcher.TimeLimit);
            await Task.Delay(5, Cancel);
        }

        var answers = await Task.WhenAll(strangers);
        Assert.Equal(Many - BadgeVerifier.MaxOthersAtOnce, answers.Count(a => a is null));
        Assert.All(answers.OfType<VerificationReport>(), r => Assert.Equal("Check.input.unreachable", r.Of("input").TextKey));
    }
}
