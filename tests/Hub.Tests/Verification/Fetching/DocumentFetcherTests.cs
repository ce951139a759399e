using System.Net;
using CitiesOfLearning.Hub.Identifiers;
using CitiesOfLearning.Hub.Verification.Fetching;
using Microsoft.AspNetCore.Http;

namespace CitiesOfLearning.Hub.Tests.Verification.Fetching;

/// <summary>Security row 5: fetching what a stranger's badge names.</summary>
public sealed class DocumentFetcherTests : IAsyncDisposable
{
    private const string Url = "https://issuer.example/keys/1";

    private readonly SomeInternet _internet = SomeInternet.Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _internet.DisposeAsync();

    [Fact]
    public async Task A_public_document_is_found_whatever_it_calls_itself()
    {
        _internet.Serve(Url, "{}"u8.ToArray(), "text/html");
        using var fetcher = _internet.Fetcher();

        var found = Assert.IsType<Fetched.Found>(await fetcher.FetchAsync(Url, new(Cancel)));

        Assert.Equal("{}"u8, found.Body.Span);
        Assert.Equal(new Uri(Url), found.Address);
        Assert.Equal([new IPEndPoint(SomeInternet.PublicAddress, 443)], _internet.Dialled);
    }

    [Theory]
    [InlineData("http://issuer.example/keys/1")]
    [InlineData("ftp://issuer.example/keys/1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://issuer.example:8443/keys/1")]
    [InlineData("https://issuer.example:80/")]
    [InlineData("https://user@issuer.example/keys/1")]
    [InlineData("https://user:secret@issuer.example/keys/1")]
    [InlineData("https://93.184.215.14/keys/1")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https:///keys/1")]
    [InlineData("/keys/1")]
    [InlineData("issuer.example/keys/1")]
    [InlineData("data:application/json,{}")]
    [InlineData("")]
    public async Task Another_kind_of_address_is_refused_before_anything_happens(string url)
    {
        using var fetcher = _internet.Fetcher();

        Assert.Equal(new Fetched.Refused(FetchRule.Url), await fetcher.FetchAsync(url, new(Cancel)));
        Assert.Empty(_internet.Looked);
    }

    [Fact]
    public async Task An_endless_address_is_refused()
    {
        using var fetcher = _internet.Fetcher();

        Assert.Equal(
            new Fetched.Refused(FetchRule.Url), await fetcher.FetchAsync("https://issuer.example/" + new string('a', 2048), new(Cancel)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("::1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fd00:ec2::254")]
    public async Task A_name_that_leads_inside_is_refused_and_nothing_is_connected_to(string address)
    {
        _internet.Serve(Url, "{}"u8.ToArray());
        _internet.Names["issuer.example"] = () => [IPAddress.Parse(address)];
        using var fetcher = _internet.Fetcher();

        Assert.Equal(new Fetched.Refused(FetchRule.Address), await fetcher.FetchAsync(Url, new(Cancel)));
        Assert.Empty(_internet.Dialled);
    }

    [Fact]
    public async Task A_name_with_one_address_inside_among_public_ones_is_refused()
    {
        _internet.Serve(Url, "{}"u8.ToArray());
        _internet.Names["issuer.example"] = () => [SomeInternet.PublicAddress, IPAddress.Loopback];
        using var fetcher = _internet.Fetcher();

        Assert.Equal(new Fetched.Refused(FetchRule.Address), await fetcher.FetchAsync(Url, new(Cancel)));
        Assert.Empty(_internet.Dialled);
    }

    [Fact]
    public async Task A_name_that_means_something_else_the_next_moment_gains_nothing()
    {
        // DNS rebinding: public when it is looked at, inside when it is connected to.
        var answers = 0;
        _internet.Serve(Url, "{}"u8.ToArray());
        _internet.Names["issuer.example"] = () => [answers++ == 0 ? SomeInternet.PublicAddress : IPAddress.Loopback];
        using var fetcher = _internet.Fetcher();

        var fetched = await fetcher.FetchAsync(Url, new(Cancel));

        Assert.IsType<Fetched.Found>(fetched);
        Assert.Equal(1, answers);
        Assert.Equal([new IPEndPoint(SomeInternet.PublicAddress, 443)], _internet.Dialled);
    }

    [Fact]
    public async Task A_host_that_moves_inside_between_two_redirects_is_refused()
    {
        var answers = 0;
        _internet.Serve(Url, async context =>
        {
            // Without a connection to keep, the name must be looked up again.
            context.Response.Headers.Connection = "close";
            context.Response.Redirect("https://issuer.example/keys/2");
            await context.Response.CompleteAsync();
        });
        _internet.Names["issuer.example"] = () => [answers++ == 0 ? SomeInternet.PublicAddress : IPAddress.Loopback];
        using var fetcher = _internet.Fetcher();

        Assert.Equal(new Fetched.Refused(FetchRule.Address), await fetcher.FetchAsync(Url, new(Cancel)));
        Assert.Equal([new IPEndPoint(SomeInternet.PublicAddress, 443)], _internet.Dialled);
    }

    [Fact]
    public async Task The_next_address_is_tried_when_one_does_not_answer()
    {
        _internet.Serve(Url, "{}"u8.ToArray());
        var (dead, alive) = (IPAddress.Parse("93.184.215.15"), SomeInternet.PublicAddress);
        _internet.Names["issuer.example"] = () => [dead, alive];
        var network = _internet.Network with
        {
            Dial = (address, cancel) => address.Address.Equals(dead)
                ? throw new System.Net.Sockets.SocketException(111)
                : _internet.Network.Dial(address, cancel),
        };
        using var fetcher = new DocumentFetcher(
            network, new HubUrls("https://hub.example"), TimeProvider.System);

        Assert.IsType<Fetched.Found>(await fetcher.FetchAsync(Url, new(Cancel)));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Another_status_is_no_document(int status)
    {
        _internet.Serve(Url, context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var fetcher = _internet.Fetcher();

        Assert.Equal(new Fetched.Unreachable(UnreachableReason.Status), await fetcher.FetchAsync(Url, new(Cancel)));
    }

    [Fact]
    public async Task A_certificate_for_another_name_or_by_an_unknown_authority_is_no_connection()
    {
        _internet.Serve(Url, "{}"u8.ToArray());
        _internet.Serve("https://impostor.example/", "{}"u8.ToArray());
        _internet.Impostors["impostor.example"] = "issuer.example";
        using var fetcher = _internet.Fetcher();
        using var systemRoots = new DocumentFetcher(
            _internet.Network with { Root = null },
            new HubUrls("https://hub.example"),
            TimeProvider.System);

        Assert.Equal(
            new Fetched.Unreachable(UnreachableReason.Connection), await fetcher.FetchAsync("https://impostor.example/", new(Cancel)));
        Assert.Equal(new Fetched.Unreachable(UnreachableReason.Connection), await systemRoots.FetchAsync(Url, new(Cancel)));
        Assert.Empty(_internet.Requests);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_or_breaks_off_is_unreachable()
    {
        _internet.Serve(Url, async context =>
        {
            context.Response.ContentLength = 10;
            await context.Response.Body.WriteAsync("{"u8.ToArray());
            context.Abort();
        });
        using var fetcher = _internet.Fetcher();

        Assert.Equal(
            new Fetched.Unreachable(UnreachableReason.Connection), await fetcher.FetchAsync("https://nowhere.example/", new(Cancel)));
        Assert.Equal(new Fetched.Unreachable(UnreachableReason.Connection), await fetcher.FetchAsync(Url, new(Cancel)));
    }

    [Fact]
    public async Task Nothing_is_carried_from_one_request_to_the_next()
    {
        var heads = new List<string>();
        RequestDelegate page = context =>
        {
            heads.Add(string.Join('\n', context.Request.Headers.Select(h => $"{h.Key}: {h.Value}").Order()));
            context.Response.Headers.SetCookie = "id=1; Path=/";
            return Task.CompletedTask;
        };
        _internet.Serve(Url, page);
        _internet.Serve(Url + "?2", page);
        using var fetcher = _internet.Fetcher();
        using var activity = new System.Diagnostics.Activity("a trace").Start();

        await fetcher.FetchAsync(Url, new(Cancel));
        await fetcher.FetchAsync(Url + "?2", new(Cancel));

        Assert.Equal(heads[0], heads[1]);
        Assert.Equal(["Accept-Encoding", "Accept", "Host", "User-Agent"], heads[1].Split('\n').Select(h => h.Split(':')[0]));
    }

    [Fact]
    public void A_proxy_in_the_environment_is_not_asked()
    {
        using var handler = DocumentFetcher.Handler(_internet.Network);

        Assert.False(handler.UseProxy);
    }
}
