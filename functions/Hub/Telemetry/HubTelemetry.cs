using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CitiesOfLearning.Hub.Telemetry;

/// <summary>
/// The trace of a badge, from the webhook to the claim, and what the hub counts: docs/monitoring.md. Nothing in either says who anybody is.
/// </summary>
public static class HubTelemetry
{
    /// <summary>Of the activity source and of the meter.</summary>
    public const string Name = "CitiesOfLearning.Hub";

    /// <summary>The stage of whatever a person who looks after the hub does to an award or a delivery.</summary>
    public const string Steward = "STEWARD";

    public static readonly Meter Meter = new(Name);

    private static readonly ActivitySource Source = new(Name);

    // A trace has its id, and hands it on, whether anybody records it or not.
    private static readonly ActivityListener Always = new()
    {
        ShouldListenTo = source => source.Name == Name,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
    };

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "hub.stage.duration", "s", "How long a stage of a badge's way took");

    static HubTelemetry() => ActivitySource.AddActivityListener(Always);

    /// <summary>Where whatever happens now belongs: W3C Trace Context, <c>traceparent</c> (https://www.w3.org/TR/trace-context/).</summary>
    public static string? TraceParent => Activity.Current?.Id;

    /// <inheritdoc cref="StageAsync{T}"/>
    public static Task StageAsync(
        string stage, ActivityKind kind, string? traceParent, IEnumerable<KeyValuePair<string, object?>> ids, Func<Task> work) =>
        StageAsync(stage, kind, traceParent, ids, async () =>
        {
            await work();
            return true;
        });

    /// <summary>Runs one stage of a badge's way, as one span.</summary>
    /// <param name="traceParent">Whose trace it goes on with; null: that of whatever happens now, or a new one.</param>
    /// <param name="ids">Ids only.</param>
    public static async Task<T> StageAsync<T>(
        string stage, ActivityKind kind, string? traceParent, IEnumerable<KeyValuePair<string, object?>> ids, Func<Task<T>> work)
    {
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using var activity = Source.StartActivity(kind, parent, ids, name: stage);
        var began = Stopwatch.GetTimestamp();
        string? error = null;
        try
        {
            return await work();
        }
        catch (Exception e)
        {
            error = e.GetType().Name;
            activity?.SetStatus(ActivityStatusCode.Error, error);
            throw;
        }
        finally
        {
            Duration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new("stage", stage), new("error.type", error));
        }
    }
}
