using System.Diagnostics;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;
using CitiesOfLearning.Hub.Upkeep;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>One trace of a badge, from the webhook to the claim: <c>--output Detailed</c> shows it.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private readonly List<Activity> _spans = [];
    private HubUnderTest _hub = null!;
    private TracerProvider _traces = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _traces = Sdk.CreateTracerProviderBuilder().AddSource(HubTelemetry.Name).AddInMemoryExporter(_spans).Build();
        _hub = await HubUnderTest.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _traces.Dispose();
    }

    [Fact]
    public async Task From_the_webhook_to_the_claim_a_badge_is_one_trace()
    {
        var award = await _hub.IssueAsync("ada@example.org");
        _hub.Time.Advance(TimeSpan.FromDays(30));
        await _hub.Get<ClaimService>().ClaimByLinkAsync(_hub.TokenFor("ada@example.org"), "ada@example.org", Cancel);

        var id = (await _hub.AwardAsync(award.AwardId)).TraceId!;
        var spans = Spans(id);
        Print(spans);
        Assert.Equal(["RECEIVE", "UNDERSTAND", "ISSUE", "NOTIFY", "CLAIM"], spans.Select(s => s.DisplayName));
        Assert.Equal(
            [null, "RECEIVE", "UNDERSTAND", "ISSUE", "UNDERSTAND"],
            spans.Select(s => spans.FirstOrDefault(p => p.SpanId == s.ParentSpanId)?.DisplayName));
        Assert.All(spans[2..], s => Assert.Equal(award.AwardId.ToString(), s.GetTagItem("award")));
        Assert.All(
            spans.SelectMany(s => s.TagObjects),
            tag => Assert.DoesNotContain("ada", tag.Value!.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_is_put_off_or_lost_on_its_way_stays_in_its_trace()
    {
        _hub.Signer.IsAway = () => true;
        await _hub.DeliverAsync("ada@example.org");
        await StepAsync(0);
        await StepAsync(1);
        await _hub.Storage.AwardMessages.ClearMessagesAsync(Cancel);
        _hub.Signer.IsAway = () => false;
        _hub.Time.Advance(TimeSpan.FromHours(2));
        await _hub.Get<Sweep>().RunAsync(Cancel);
        await _hub.PumpAsync();

        var spans = Spans((await _hub.AwardAsync(_hub.AwardIdOf("ada@example.org"))).TraceId!);
        Print(spans);
        Assert.Equal(["RECEIVE", "UNDERSTAND", "ISSUE", "ISSUE", "NOTIFY"], spans.Select(s => s.DisplayName));
    }

    private async Task StepAsync(int trigger)
    {
        var (queue, handle) = _hub.Triggers[trigger];
        var message = (await queue.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
        Assert.Matches("\"traceparent\":\"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\"", message.Body.ToString());
        await handle(message.Body.ToString(), Cancel);
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
    }

    // Other tests' badges have traces of their own.
    private Activity[] Spans(string trace)
    {
        _traces.ForceFlush();
        lock (_spans)
        {
            return [.. _spans.ToArray().Where(s => s.TraceId.ToString() == trace).OrderBy(s => s.StartTimeUtc)];
        }
    }

    private static void Print(IEnumerable<Activity> spans)
    {
        foreach (var span in spans)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{span.TraceId} {span.SpanId} < {span.ParentSpanId} {span.DisplayName} {span.Duration.TotalMilliseconds:F0} ms "
                + string.Join(' ', span.TagObjects.Select(t => $"{t.Key}={t.Value}")));
        }
    }
}
