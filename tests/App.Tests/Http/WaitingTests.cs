using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.App.Queues;
using CitiesOfLearning.App.Tests.Journeys;
using CitiesOfLearning.DevHost.Senders;
using CitiesOfLearning.FunctionsTesting;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CitiesOfLearning.App.Tests.Http;

public sealed class WaitingTests : IAsyncLifetime
{
    private HubApp _app = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await HubApp.StartAsync();
        _client = _app.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task The_last_failure_is_listed_with_its_reason_in_its_own_city_alone_and_can_be_tried_again()
    {
        var message = """{"city":"plymouth","source":"hub","delivery":"d1","blob":"plymouth/hub/2026/11/30/d1"}""";
        foreach (var count in new[] { 4, 5 })
        {
            var metadata = new Dictionary<string, object?> { ["DequeueCount"] = count };
            Assert.NotNull((await _app.TryInvokeAsync(nameof(OnDelivery), message, metadata, Cancel)).Failure);
            Assert.Equal(count == 5 ? 1 : 0, (await WaitingAsync("plymouth")).Count);
        }

        var waiting = Assert.Single(await WaitingAsync("plymouth"))!;
        Assert.Equal("deliveries.hub.d1", (string)waiting["id"]!);
        Assert.Equal("InvalidOperationException", (string)waiting["reason"]!);
        Assert.Empty(await WaitingAsync("brighton"));
        Assert.Equal(0, await ReplayAsync("brighton", new { all = true }));
        Assert.Equal(0, await ReplayAsync("brighton", new { ids = new[] { "deliveries.hub.d1" } }));
        Assert.Equal(1, await ReplayAsync("plymouth", new { ids = new[] { "deliveries.hub.d1", "none", "../x" } }));
        Assert.Empty(await WaitingAsync("plymouth"));
        Assert.NotNull((await _app.Services.GetRequiredService<HubStorage>().DeliveryMessages.PeekMessageAsync(Cancel)).Value);
    }

    [Fact]
    public async Task A_form_chooses_some_or_all_and_nothing_chosen_is_said()
    {
        var letters = _app.Services.GetRequiredService<DeadLetters>();
        for (var n = 0; n < 3; n++)
        {
            var message = $$"""{"city":"plymouth","source":"hub","delivery":"d{{n}}","blob":"plymouth/hub/2026/11/30/d{{n}}"}""";
            await letters.KeepAsync(HubStorage.DeliveriesQueue, message, null, Cancel);
        }

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync([]));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync([new("id", "deliveries.hub.d0"), new("id", "deliveries.hub.d2")]));
        Assert.Equal("deliveries.hub.d1", (string)Assert.Single(await WaitingAsync("plymouth"))!["id"]!);
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync([new("all", "true")]));
        Assert.Empty(await WaitingAsync("plymouth"));
    }

    [Fact]
    public async Task Readiness_tells_of_the_last_sweep_and_of_what_it_asked_for_again()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await HubApp.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        using var hub = app.NewClient();
        using var hook = SampleHub.Message(SampleHub.Finish(SampleHub.Plymouth("hub"), new SampleLearner(0, "Ada", "ada@example.org")));
        (await hub.SendAsync(hook, Cancel)).EnsureSuccessStatusCode();
        await app.Services.GetRequiredService<HubStorage>().DeliveryMessages.ClearMessagesAsync(Cancel);
        time.Advance(Sweep.OnItsWay + TimeSpan.FromMinutes(5));

        await app.InvokeTimerAsync(nameof(SweepHourly), cancellationToken: Cancel);

        Assert.Equal(
            $"ready\nsweep {time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}: 1 deliveries, 0 awards, 0 mails\n",
            await hub.GetStringAsync("health/ready", Cancel));
    }

    [Fact]
    public async Task Readiness_tells_of_a_sweep_that_found_nothing_lost()
    {
        await _app.InvokeTimerAsync(nameof(SweepHourly), cancellationToken: Cancel);
        await _app.InvokeTimerAsync(nameof(WatchQueues), cancellationToken: Cancel);

        Assert.Matches(
            "^ready\nsweep [0-9TZ:-]+: 0 deliveries, 0 awards, 0 mails\n$", await _client.GetStringAsync("health/ready", Cancel));
    }

    private async Task<JsonArray> WaitingAsync(string city) =>
        JsonNode.Parse(await _client.GetStringAsync($"manage/{city}/waiting", Cancel))!.AsArray();

    private async Task<int> ReplayAsync(string city, object chosen)
    {
        using var answer = await _client.PostAsJsonAsync($"manage/{city}/waiting/replay", chosen, Cancel);
        return (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["replayed"]!;
    }

    private async Task<HttpStatusCode> PostAsync(KeyValuePair<string, string>[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "manage/plymouth/waiting/replay");
        request.Headers.Accept.ParseAdd("text/html");
        request.Content = new FormUrlEncodedContent(form);
        using var answer = await _client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }
}
