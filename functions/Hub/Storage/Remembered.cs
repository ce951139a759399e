namespace CitiesOfLearning.Hub.Storage;

/// <summary>
/// What lies elsewhere, from memory; looked up again when it may have changed. A look runs by itself and goes on when whoever asked has
/// left. While it takes long, or fails, memory answers.
/// </summary>
/// <param name="look">Looks it up, given what is known; bounds itself.</param>
/// <param name="freshness">How old an answer may be. From half of it on a question is answered, and also starts a look.</param>
public sealed class Remembered<T>(Func<T?, Task<T>> look, TimeSpan freshness, TimeProvider time)
    where T : class
{
    /// <summary>How long a look may take before memory answers in its place.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How long a question waits when memory has nothing, as after a start. Who reads a page or verifies waits less.</summary>
    public static readonly TimeSpan MaxPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private volatile Known? _known;
    private volatile int _generation;
    private Look? _look;

    /// <summary>What is in memory, if it is not too old.</summary>
    public T? Fresh()
    {
        if (_known is not { } known || known.Generation != _generation)
        {
            return null;
        }

        var age = time.GetElapsedTime(known.Since);
        if (age >= known.LookAfter)
        {
            // What it finds, or why it fails, is for later questions.
            _ = Current();
        }

        return age < known.StaleAfter ? known.Value : null;
    }

    /// <summary>What is in memory, looked up again if it is too old, or as it was if that takes too long.</summary>
    /// <exception cref="TimeoutException">Nothing is known yet, and the look takes long.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken) =>
        Fresh() is { } value ? ValueTask.FromResult(value) : new(WaitAsync(cancellationToken));

    /// <summary>Looks now, whatever is in memory.</summary>
    public Task<T> LookAsync(CancellationToken cancellationToken) => Current().Task.WaitAsync(cancellationToken);

    /// <summary>Looks again at the next question.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    private async Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        var current = Current();
        var known = _known;
        var patience = known is null ? MaxPatience : Patience - time.GetElapsedTime(current.Began);
        try
        {
            return await current.Task.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time, cancellationToken);
        }
        catch (Exception) when (known is not null)
        {
            return known.Value;
        }
    }

    private Look Current()
    {
        lock (_lock)
        {
            if (_look is not { Task.IsCompleted: false } || _look.Generation != _generation)
            {
                var (generation, began) = (_generation, time.GetTimestamp());
                _look = new Look(Task.Run(() => RunAsync(generation, began)), generation, began);
            }

            return _look;
        }
    }

    private async Task<T> RunAsync(int generation, long began)
    {
        try
        {
            var value = await look(_known?.Value);
            Remember(new Known(value, generation, began, freshness / 2, freshness));
            return value;
        }
        catch (Exception)
        {
            if (_known is { } known)
            {
                var retry = TimeSpan.FromTicks(Math.Min(RetryAfterFailure.Ticks, freshness.Ticks));
                Remember(new Known(known.Value, generation, time.GetTimestamp(), retry, retry));
            }

            throw;
        }
    }

    private void Remember(Known known)
    {
        lock (_lock)
        {
            // A look that began before something changed may end after the one that saw it.
            if (_known is null || _known.Generation <= known.Generation)
            {
                _known = known;
            }
        }
    }

    private sealed record Known(T Value, int Generation, long Since, TimeSpan LookAfter, TimeSpan StaleAfter);

    private sealed record Look(Task<T> Task, int Generation, long Began);
}
