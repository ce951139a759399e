namespace CitiesOfLearning.FunctionsHost;

/// <summary>How long a host that stops waits for what it has in hand: then functions are cancelled, and soon after left behind.</summary>
internal sealed class Patience : IDisposable
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(30);

    // For those that hear that they are cancelled.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _late = new();
    private readonly CancellationTokenSource _tooLate = new();

    public Patience() => _late.Token.Register(() => _tooLate.CancelAfter(Grace));

    /// <summary>Functions are to end.</summary>
    public CancellationToken Late => _late.Token;

    /// <summary>Nobody waits any more for one that does not.</summary>
    public CancellationToken TooLate => _tooLate.Token;

    public void Begin() => _late.CancelAfter(Drain);

    public void End() => _late.Cancel();

    public void Dispose()
    {
        _late.Dispose();
        _tooLate.Dispose();
    }
}
