namespace CitiesOfLearning.JsonLd.Rdf;

/// <summary>Text that is not N-Quads, or more of it than the limits allow.</summary>
/// <param name="line">Counted from 1.</param>
public sealed class NQuadsException(int line, string reason) : Exception($"Line {line}: {reason}")
{
    public int Line { get; } = line;
}
