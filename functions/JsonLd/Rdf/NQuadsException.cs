namespace CitiesOfLearning.JsonLd.Rdf;

/// <summary>Text that is not N-Quads, or more of it than may be read. The message says what should have been where.</summary>
public sealed class NQuadsException : Exception
{
    internal NQuadsException(int line, string reason)
        : base($"Line {line}: {reason}") =>
        Line = line;

    /// <summary>Counted from 1; CR LF ends one line.</summary>
    public int Line { get; }
}
