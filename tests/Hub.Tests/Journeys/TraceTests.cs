using System.Diagnostics;
using System.Text.Json.Nodes;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Cities;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Learners;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;
using CitiesOfLearning.Hub.Upkeep;
using CitiesOfLearning.Tests.Support;
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
        Assert.Equal(["RECEIVE", "UNDERSTAND", "ISSUE", "SWEEP", "ISSUE", "NOTIFY"], spans.Select(s => s.DisplayName));
        AssertEveryLineIsIn(spans);
    }

    [Fact]
    public async Task A_delivery_that_is_lost_before_anybody_understood_it_stays_in_its_trace()
    {
        await _hub.DeliverAsync("ada@example.org");
        await _hub.Storage.DeliveryMessages.ClearMessagesAsync(Cancel);
        _hub.Time.Advance(TimeSpan.FromHours(2));
        await _hub.Get<Sweep>().RunAsync(Cancel);
        await _hub.PumpAsync();

        var spans = Spans((await _hub.AwardAsync(_hub.AwardIdOf("ada@example.org"))).TraceId!);
        Assert.Equal(["RECEIVE", "SWEEP", "UNDERSTAND", "ISSUE", "NOTIFY"], spans.Select(s => s.DisplayName));
        AssertEveryLineIsIn(spans);
    }

    [Fact]
    public async Task What_a_steward_does_to_it_is_in_its_trace()
    {
        var id = (await _hub.IssueAsync("ada@example.org")).AwardId;
        var award = await _hub.AwardAsync(id);
        var (steward, handler) = (_hub.Get<Stewardship>(), _hub.Get<DeliveryHandler>());

        await steward.SuspendAsync(SampleCity.Plymouth, id, "a question", Cancel);
        await steward.ResumeAsync(SampleCity.Plymouth, id, "answered", Cancel);
        await steward.RevokeAsync(SampleCity.Plymouth, id, "wrong person", Cancel);
        await _hub.PumpAsync();
        Assert.True(await handler.MapAgainAsync(SampleCity.Plymouth, "hub", award.Delivery, AskedBy.MapAgain, Cancel));
        Assert.True(await handler.MapAgainAsync(SampleCity.Plymouth, "hub", award.Delivery, AskedBy.AwardAgain, Cancel));
        await _hub.PumpAsync();

        var spans = Spans(award.TraceId!);
        Print(spans);
        Assert.Equal(
            [
                "RECEIVE",
                "UNDERSTAND < RECEIVE",
                "ISSUE < UNDERSTAND",
                "NOTIFY < ISSUE",
                .. Enumerable.Repeat("STEWARD < UNDERSTAND", 3),
                .. Enumerable.Repeat("PUBLISH STATUS < STEWARD", 3),
                .. Enumerable.Repeat("STEWARD < RECEIVE", 2),
                "ISSUE < STEWARD",
                "NOTIFY < ISSUE",
            ],
            spans.Select(s => spans.FirstOrDefault(p => p.SpanId == s.ParentSpanId) is { } parent
                ? $"{s.DisplayName} < {parent.DisplayName}"
                : s.DisplayName));
        Assert.Equal(
            [.. Enumerable.Repeat(id.ToString(), 3), .. Enumerable.Repeat(award.Delivery, 2)],
            spans.Where(s => s.DisplayName == "STEWARD").Select(s => s.GetTagItem("award") ?? s.GetTagItem("delivery")));
        Assert.Equal(
            ["Suspended", "Resumed", "Revoked"],
            AssertEveryLineIsIn(spans).Where(l => l.StartsWith($"Award {id} was ")).Select(l => l.Split(' ')[^1]));
    }

    [Fact]
    public async Task What_waited_for_a_person_goes_on_in_its_trace()
    {
        await _hub.DeliverAsync(new JsonObject { ["id"] = "stranger", ["name"] = "Ada Marsh" });
        await _hub.PumpAsync();
        var city = (await _hub.Get<CityDirectory>().FindAsync(SampleCity.Plymouth, Cancel))!;
        var question = Assert.Single((await _hub.Get<QuestionTable>().ListAsync(city.Id, 10, null, Cancel)).Questions);
        await _hub.Get<QuestionAnswers>().AnswerAsync(
            city, question.Source, question.Key, QuestionAnswers.IsNew("ada@example.org", null), Cancel);
        await StepAsync(0);
        var lost = (await _hub.Storage.AwardMessages.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
        await _hub.Storage.AwardMessages.ClearMessagesAsync(Cancel);
        await _hub.Get<DeadLetters>().KeepAsync(HubStorage.AwardsQueue, lost.Body.ToString(), null, Cancel);
        var letter = Assert.Single(await _hub.Get<DeadLetters>().AllAsync(Cancel).ToListAsync(Cancel));
        Assert.True(await _hub.Get<DeadLetters>().ReplayAsync(letter, Cancel));
        await _hub.PumpAsync();

        var spans = Spans((await _hub.AwardAsync(letter.Award!.Value)).TraceId!);
        Print(spans);
        Assert.Equal(["RECEIVE", "UNDERSTAND", "UNDERSTAND", "STEWARD", "ISSUE", "NOTIFY"], spans.Select(s => s.DisplayName));
        AssertEveryLineIsIn(spans);
    }

    /// <summary>Each line that the hub says but for the count of a sweep, and none says who it is about.</summary>
    private IReadOnlyList<string> AssertEveryLineIsIn(IReadOnlyList<Activity> spans)
    {
        var lines = _hub.Log.All.Where(l => !l.Line.StartsWith("Swept: ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.Equal((l.Line, spans[0].TraceId.ToString()), l));
        Assert.All(lines, l => Assert.DoesNotMatch("Ada|Marsh|stranger|@", l.Line));
        return [.. lines.Select(l => l.Line)];
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
