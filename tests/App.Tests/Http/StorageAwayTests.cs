using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.App.Tests.Http;

/// <summary>
/// Storage that takes connections and never answers, and storage that refuses them: whoever reads or verifies hears within three seconds
/// what memory knows, or that it could not be checked.
/// </summary>
public sealed class StorageAwayTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("silent")]
    [InlineData("refusing")]
    public async Task Memory_answers_and_what_it_does_not_know_is_said_in_time(string how)
    {
        using var relay = StorageRelay.To(await TestStorage.ConnectionStringAsync());
        await using var app = await HubApp.StartOverAsync(relay.ConnectionString, _ => { });
        await app.FillAsync();
        var badge = await ClaimedBadge.ClaimAsync(app);
        using var client = app.NewClient();
        var jwt = await badge.FileAsync(client, "jwt");
        var before = await VerifyAsync(client, jwt);
        await Task.Delay(TimeSpan.FromSeconds(5), Cancel); // a status list may be remembered as long
        app.Services.GetRequiredService<CityDirectory>().Forget();
        if (how == "silent")
        {
            relay.FallSilent();
        }
        else
        {
            relay.Refuse();
        }

        var (after, verifying) = await TimedAsync(() => VerifyAsync(client, jwt));
        var (profile, reading) = await TimedAsync(() => client.GetAsync("cities/plymouth", Cancel));
        var (keys, listing) = await TimedAsync(() => client.GetAsync(".well-known/jwks.json", Cancel));
        var (page, opening) = await TimedAsync(() => client.GetAsync($"badges/{badge.Id}", Cancel));
        var (picture, looking) = await TimedAsync(() => client.GetAsync("cities/plymouth/badges/tide-pool-surveyor/v1.png", Cancel));
        var (ready, asking) = await TimedAsync(() => client.GetAsync("health/ready", Cancel));

        Assert.Equal("yes yes yes", before);
        Assert.Equal("yes unknown yes", after);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (profile.StatusCode, keys.StatusCode));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, picture.StatusCode);
        Assert.All([verifying, reading, listing, opening, looking], took => Assert.InRange(took, TimeSpan.Zero, Patience));
        Assert.Equal("failing: tables, blobs, queues, cities\n", await ready.Content.ReadAsStringAsync(Cancel));
        Assert.InRange(asking, TimeSpan.Zero, Readiness.MaxPatience);
    }

    private static async Task<string> VerifyAsync(HttpClient client, byte[] jwt)
    {
        using var content = new ByteArrayContent(jwt) { Headers = { ContentType = new MediaTypeHeaderValue("application/vc+jwt") } };
        using var answer = await client.PostAsync("verify", content, Cancel);
        var answers = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["answers"]!;
        return $"{answers["authentic"]} {answers["current"]} {answers["authorised"]}";
    }

    private static async Task<(T Answer, TimeSpan Took)> TimedAsync<T>(Func<Task<T>> ask)
    {
        var began = TimeProvider.System.GetTimestamp();
        return (await ask(), TimeProvider.System.GetElapsedTime(began));
    }
}
