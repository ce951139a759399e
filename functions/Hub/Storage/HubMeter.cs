using System.Diagnostics.Metrics;

namespace CitiesOfLearning.Hub.Storage;

/// <summary>What the hub counts. docs/development.md lists the instruments.</summary>
internal static class HubMeter
{
    public static readonly Meter Meter = new("CitiesOfLearning.Hub");
}
