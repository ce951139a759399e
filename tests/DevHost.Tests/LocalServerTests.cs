using System.Net;
using System.Net.Sockets;
using CitiesOfLearning.DevHost.Pages;
using CitiesOfLearning.DevHost.Services;
using CitiesOfLearning.DevHost.Settings;

namespace CitiesOfLearning.DevHost.Tests;

/// <summary>What stands beside func start.</summary>
public sealed class LocalServerTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("server-tests-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/verify")]
    [InlineData("/cities/plymouth?language=cy")]
    [InlineData("//elsewhere.example/")]
    public async Task What_is_not_local_is_at_the_hub(string path)
    {
        await using var site = await RunningSite.StartAsync(_data, []);

        using var answer = await site.Client.GetAsync(new Uri(site.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + path), Cancel);

        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal(site.Hub.GetLeftPart(UriPartial.Authority) + path, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Its_pages_take_their_style_from_the_hub()
    {
        await using var site = await RunningSite.StartAsync(_data, []);

        using var answer = await site.Client.GetAsync("/local", Cancel);

        Assert.Contains($"style-src 'self' {site.Hub.GetLeftPart(UriPartial.Authority)};", answer.Headers
            .GetValues("Content-Security-Policy")
            .Single());
    }

    [Fact]
    public async Task A_port_that_was_taken_between_choosing_and_listening_is_said_as_well()
    {
        using var port = HubPort.Choose(0);
        using var taken = new TcpListener(IPAddress.Loopback, port.Number);
        taken.Start();
        var site = new LocalSite(DevSettings.Read([]), new LoadedCities(), _data, port.Address);

        var refusal = await Assert.ThrowsAsync<DevHostException>(() => LocalServer.StartAsync(port.Number, site, port.Address, Cancel));

        Assert.Contains($"Port {port.Number} is in use", refusal.Message);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
