using System.Net;

namespace CitiesOfLearning.DevHost.Tests;

/// <summary>A name that somebody else has pointed at this machine opens nothing on it.</summary>
public sealed class OwnHostsTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("hosts-tests-").FullName;
    private RunningSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await RunningSite.StartAsync(_data, ["--Hub:PublicUrl=https://badges.example.org"]);

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:7071")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10:80")]
    [InlineData("[::1]:7071")]
    [InlineData("badges.example.org")]
    [InlineData("Badges.Example.Org:443")]
    public async Task Its_own_names_are_answered(string host)
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync("/local", host));
        Assert.Equal(HttpStatusCode.TemporaryRedirect, await AskAsync("/manage/plymouth/deliveries", host));
    }

    [Theory]
    [InlineData("rebound.example")]
    [InlineData("localhost.rebound.example")]
    [InlineData("badges.example.org.rebound.example")]
    [InlineData("10.0.0.1")]
    [InlineData("[fe80::1]")]
    [InlineData("0.0.0.0")]
    [InlineData("localhost.")]
    [InlineData("xn--localhost")]
    [InlineData("xn--")]
    [InlineData("xn--a.xn--b")]
    public async Task Every_other_name_is_misdirected_on_every_path(string host)
    {
        foreach (var path in (string[])["/", "/local", "/local/mail.json", "/manage/plymouth/deliveries", "/verify", "/nowhere"])
        {
            Assert.Equal(HttpStatusCode.MisdirectedRequest, await AskAsync(path, host));
        }
    }

    [Theory]
    [InlineData("https://bücher.example", "xn--bcher-kva.example")]
    [InlineData("https://xn--bcher-kva.example", "XN--Bcher-Kva.example:443")]
    [InlineData("http://[fd00::5]:7071", "[fd00:0:0::5]:7071")]
    [InlineData("http://192.168.1.5:7071", "192.168.1.5:7071")]
    public async Task A_public_address_is_known_in_every_form_of_its_name(string publicUrl, string host)
    {
        await using var site = await RunningSite.StartAsync(_data, [$"--Hub:PublicUrl={publicUrl}"]);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(site, "/local", host));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await AskAsync(site, "/local", "xn--bcher-kvb.example"));
    }

    private Task<HttpStatusCode> AskAsync(string path, string host) => AskAsync(_site, path, host);

    private static async Task<HttpStatusCode> AskAsync(RunningSite site, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        using var answer = await site.Client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
