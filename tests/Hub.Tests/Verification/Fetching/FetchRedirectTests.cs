using System.Net;
using CitiesOfLearning.Hub.Verification.Fetching;

namespace CitiesOfLearning.Hub.Tests.Verification.Fetching;

/// <summary>Security row 5: where a stranger's host sends the hub on.</summary>
public sealed class FetchRedirectTests : IAsyncDisposable
{
    private const string Url = "https://issuer.example/keys/1";

    private readonly SomeInternet _internet = SomeInternet.Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _internet.DisposeAsync();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Two_redirects_are_followed_and_the_last_address_is_told(int status)
    {
        _internet.Redirect(Url, "https://b.example/2", status);
        _internet.Redirect("https://b.example/2", "/3?x", status);
        _internet.Serve("https://b.example/3?x", "{}"u8.ToArray());
        using var fetcher = _internet.Fetcher();

        var found = Assert.IsType<Fetched.Found>(await fetcher.FetchAsync(Url, new(Cancel)));

        Assert.Equal(new Uri("https://b.example/3?x"), found.Address);
    }

    [Fact]
    public async Task A_third_redirect_is_not_followed()
    {
        _internet.Redirect(Url, "https://issuer.example/2");
        _internet.Redirect("https://issuer.example/2", "https://issuer.example/3");
        _internet.Redirect("https://issuer.example/3", "https://issuer.example/4");
        _internet.Serve("https://issuer.example/4", "{}"u8.ToArray());
        using var fetcher = _internet.Fetcher();

        Assert.Equal(new Fetched.Refused(FetchRule.Redirects), await fetcher.FetchAsync(Url, new(Cancel)));
        Assert.Equal(3, _internet.Requests.Count);
    }

    [Theory]
    [InlineData("http://issuer.example/2", FetchRule.Url)]
    [InlineData("https://issuer.example:8443/2", FetchRule.Url)]
    [InlineData("https://user@issuer.example/2", FetchRule.Url)]
    [InlineData("https://127.0.0.1/2", FetchRule.Url)]
    [InlineData("//[::1]/2", FetchRule.Url)]
    [InlineData("file:///etc/passwd", FetchRule.Url)]
    [InlineData("https://inside.example/2", FetchRule.Address)]
    public async Task Each_redirect_is_checked_like_the_first_address(string to, FetchRule rule)
    {
        _internet.Redirect(Url, to);
        _internet.Names["inside.example"] = () => [IPAddress.Parse("10.0.0.5")];
        using var fetcher = _internet.Fetcher();

        Assert.Equal(new Fetched.Refused(rule), await fetcher.FetchAsync(Url, new(Cancel)));
        Assert.Equal([new IPEndPoint(SomeInternet.PublicAddress, 443)], _internet.Dialled);
    }

    [Fact]
    public async Task A_redirect_to_nowhere_is_refused()
    {
        _internet.Serve(Url, context =>
        {
            context.Response.StatusCode = 302;
            return Task.CompletedTask;
        });
        using var fetcher = _internet.Fetcher();

        Assert.Equal(new Fetched.Refused(FetchRule.Redirects), await fetcher.FetchAsync(Url, new(Cancel)));
    }
}
