using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CitiesOfLearning.App.Shared.Telemetry;
using CitiesOfLearning.App.Tests.Journeys;
using CitiesOfLearning.DevHost.Senders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.App.Tests.Http;

public sealed class TracedLogTests : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_line_ends_with_the_trace_that_it_belongs_to()
    {
        using var logs = new TracedLogs(LoggerFactory.Create(b => b.AddProvider(this)));
        var log = logs.CreateLogger("hub");

        log.LogInformation("Nothing happens");
        using (var now = new Activity("claim").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            log.LogInformation("Claimed {Award}", "7K2Q");
            Assert.Equal(["Nothing happens", $"Claimed 7K2Q [{now.TraceId}]"], _lines);
        }
    }

    [Fact]
    public async Task Every_line_about_a_badge_has_its_trace_from_the_webhook_to_the_claim_and_a_stewards_word()
    {
        await using var app = await HubApp.StartAsync(services => services.AddSingleton<ILoggerProvider>(this));
        using var hub = app.NewClient();
        var grace = new SampleLearner(0, "Grace Hopper", "grace@example.org");
        _lines.Clear();

        await app.FinishAsync(SampleHub.Plymouth("hub"), grace);
        var link = Assert.Single(app.Mail.List()).Links.First(l => l.Contains("/claim/", StringComparison.Ordinal));
        using var claimed = await hub.PostAsJsonAsync(link, new { email = grace.Email }, Cancel);
        var id = ((string)JsonNode.Parse(await claimed.Content.ReadAsStringAsync(Cancel))!["badge"]!).Split('/')[^1];
        var delivery = JsonNode.Parse(await hub.GetStringAsync("manage/plymouth/deliveries", Cancel))![0]!;
        foreach (var asked in new[]
        {
            $"awards/{id}/suspend", $"awards/{id}/revoke", $"deliveries/hub/{delivery["delivery"]}/map-again",
        })
        {
            (await hub.PostAsJsonAsync($"manage/plymouth/{asked}", new { reason = "Grace asked" }, Cancel)).EnsureSuccessStatusCode();
        }

        await app.RunQueuesAsync();

        var trace = (string)JsonNode.Parse(await hub.GetStringAsync($"manage/plymouth/awards/{id}", Cancel))!["trace"]!;
        var about = _lines
            .Where(l => l.Contains(id, StringComparison.Ordinal) || l.Contains((string)delivery["delivery"]!, StringComparison.Ordinal))
            .Select(l => l.Replace(id, "7K2Q", StringComparison.Ordinal))
            .ToList();
        Assert.All(about, line => Assert.EndsWith($" [{trace}]", line));
        Assert.Equal(
            [
                $"Delivery {delivery["delivery"]} of plymouth/hub: Awarded.", "Issued 7K2Q", "Notified 7K2Q", "Claimed 7K2Q",
                "Award 7K2Q was Suspended", "Award 7K2Q was Revoked", $"Delivery {delivery["delivery"]} of plymouth/hub: TakenBack.",
            ],
            about.Select(l => l[..l.LastIndexOf(' ')]));
        Assert.Contains($"Delivery to plymouth/hub: Accepted. [{trace}]", _lines);
        Assert.All(_lines, line => Assert.DoesNotMatch("Grace|Hopper|grace|@", line));
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));
}
