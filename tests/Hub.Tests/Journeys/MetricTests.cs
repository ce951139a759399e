using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Claims;
using CitiesOfLearning.Hub.Status;
using CitiesOfLearning.Hub.Storage;
using CitiesOfLearning.Hub.Telemetry;
using CitiesOfLearning.Hub.Upkeep;
using CitiesOfLearning.Tests.Support;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>What the hub counts is what docs/monitoring.md says that it counts.</summary>
public sealed partial class MetricTests : IAsyncLifetime
{
    // Other tests' hubs count at the same time; a measurement is told of where it is made.
    private static readonly AsyncLocal<MetricTests?> Whose = new();

    private readonly ConcurrentDictionary<Instrument, bool> _instruments = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, KeyValuePair<string, object?>[] Tags)> _measured = new();
    private readonly MeterListener _listener = new();
    private HubUnderTest _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex("^\\| `(?<name>hub[.a-z_]+)`, an? (?<kind>[a-z]+) by (?<tags>[^|]+) \\| `(?<unit>[^|]+)` \\| [^|]+ \\|\r?$",
        RegexOptions.Multiline)]
    private static partial Regex Row { get; }

    [GeneratedRegex("`([a-z.]+)`")]
    private static partial Regex Tag { get; }

    public async ValueTask InitializeAsync()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == HubTelemetry.Name)
            {
                _instruments[instrument] = true;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _listener.Start();

        // An instrument that nobody has used yet is there from now on.
        foreach (var type in typeof(HubTelemetry).Assembly.GetTypes().Where(t => t
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Any(f => f.FieldType.IsAssignableTo(typeof(Instrument)))))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        _hub = await HubUnderTest.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _listener.Dispose();
    }

    [Fact]
    public async Task The_page_has_every_metric_with_its_kind_and_unit_and_no_other()
    {
        var documented = await PageAsync();

        Assert.Equal(
            _instruments.Keys.Select(i => $"{i.Name} {Kind(i)} {i.Unit}").Order(StringComparer.Ordinal),
            documented.Select(d => $"{d.Name} {d.Kind} {d.Unit}").Order(StringComparer.Ordinal));
        Assert.All(_instruments.Keys, i => Assert.NotEmpty(i.Description!));

        static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0].ToLowerInvariant();
    }

    [Fact]
    public async Task Each_metric_moves_when_its_thing_happens_by_what_the_page_says()
    {
        Whose.Value = this;
        _hub.Signer.IsAway = () => true;
        await _hub.DeliverAsync("ada@example.org");
        await StepAsync(0);
        await StepAsync(1);
        _hub.Signer.IsAway = () => false;
        await _hub.Storage.AwardMessages.ClearMessagesAsync(Cancel);
        _hub.Time.Advance(TimeSpan.FromHours(2));
        await _hub.Get<Sweep>().RunAsync(Cancel);
        await _hub.PumpAsync();
        var award = _hub.AwardIdOf("ada@example.org");
        await _hub.Get<ClaimService>().ClaimByLinkAsync(_hub.TokenFor("ada@example.org"), "ada@example.org", Cancel);
        await _hub.Get<Stewardship>().RevokeAsync(SampleCity.Plymouth, award, "a test", Cancel);
        var lost = new DeliveryMessage(SampleCity.Plymouth, "hub", "d", "no/such/blob").Write();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _hub.Get<DeliveryHandler>().HandleAsync(lost, Cancel));
        await _hub.Get<DeadLetters>().KeepAsync(HubStorage.DeliveriesQueue, lost, null, Cancel);
        await _hub.Get<DeadLetters>().WatchAsync(Cancel);

        Assert.Equal(
            [
                "hub.award.changes city=plymouth what=Claimed: 1",
                "hub.award.changes city=plymouth what=Decided: 1",
                "hub.award.changes city=plymouth what=Issued: 1",
                "hub.award.changes city=plymouth what=Notified: 1",
                "hub.award.changes city=plymouth what=Revoked: 1",
                "hub.dead_letters queue=deliveries: 1",
                "hub.deliveries city=plymouth outcome=Awarded: 1",
                "hub.messages.put_off stage=ISSUE: 1",
                "hub.stage.duration error.type= stage=CLAIM: 1",
                "hub.stage.duration error.type= stage=ISSUE: 2",
                "hub.stage.duration error.type= stage=NOTIFY: 1",
                "hub.stage.duration error.type= stage=RECEIVE: 1",
                "hub.stage.duration error.type= stage=STEWARD: 1",
                "hub.stage.duration error.type= stage=SWEEP: 1",
                "hub.stage.duration error.type= stage=UNDERSTAND: 1",
                "hub.stage.duration error.type=InvalidOperationException stage=UNDERSTAND: 1",
                "hub.sweep.asked_again queue=awards: 1",
            ],
            _measured
                .GroupBy(m => $"{m.Instrument} {string.Join(' ', m.Tags.OrderBy(t => t.Key).Select(t => $"{t.Key}={t.Value}"))}")
                .Select(g => (g.Key, Sum: g.Key.StartsWith("hub.stage", StringComparison.Ordinal) ? g.Count() : g.Sum(m => m.Value)))
                .Where(g => g.Sum != 0)
                .Select(g => $"{g.Key}: {g.Sum}")
                .Order(StringComparer.Ordinal));
        Assert.All(
            _measured.Where(m => m.Instrument == "hub.stage.duration"), m => Assert.InRange(m.Value, 0.00001, 60)); // seconds
        Assert.Equal(
            (await PageAsync()).Select(d => $"{d.Name} {string.Join(' ', d.Tags)}").Order(StringComparer.Ordinal),
            _measured
                .Select(m => $"{m.Instrument} {string.Join(' ', m.Tags.Select(t => t.Key).Order())}")
                .Distinct()
                .Order(StringComparer.Ordinal));
    }

    private static async Task<IReadOnlyList<(string Name, string Kind, string Unit, IReadOnlyList<string> Tags)>> PageAsync()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "monitoring.md"), Cancel);
        return
        [
            .. Row.Matches(page).Select(m => (
                m.Groups["name"].Value,
                m.Groups["kind"].Value,
                m.Groups["unit"].Value,
                (IReadOnlyList<string>)[.. Tag.Matches(m.Groups["tags"].Value).Select(t => t.Groups[1].Value).Order()])),
        ];
    }

    private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Whose.Value == this)
        {
            _measured.Enqueue((instrument.Name, value, tags.ToArray()));
        }
    }

    private async Task StepAsync(int trigger)
    {
        var (queue, handle) = _hub.Triggers[trigger];
        var message = (await queue.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
        await handle(message.Body.ToString(), Cancel);
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
    }
}
