namespace CitiesOfLearning.Benchmarks.Load;

/// <summary>How long each of many requests took.</summary>
/// <param name="milliseconds">Negative for one that was not accepted.</param>
internal sealed class Latencies(IEnumerable<double> milliseconds)
{
    private readonly double[] _accepted = [.. milliseconds.Where(l => l >= 0).Order()];

    /// <summary>Of those that were accepted.</summary>
    public int Count => _accepted.Length;

    /// <summary>By nearest rank.</summary>
    public double Percentile(double share) => Count == 0 ? double.NaN : _accepted[Math.Max(0, (int)Math.Ceiling(share * Count) - 1)];
}
