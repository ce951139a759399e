namespace CitiesOfLearning.Hub.Verification.Fetching;

/// <summary>
/// What was fetched lately, and what is being fetched: whoever asks for the same address meanwhile waits for the same answer. Bounded in
/// age, number and bytes.
/// </summary>
internal sealed class FetchCache(TimeProvider time)
{
    public const int MaxEntries = 256;
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>How old a document may be that is used again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    /// <summary>How long the hub waits before it asks again for what did not come.</summary>
    public static readonly TimeSpan MaxAgeOfFailure = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task<Fetched>> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Fetched Fetched, DateTimeOffset At)> _kept = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>The kept answer, the running fetch, or a new one.</summary>
    public Task<Fetched> GetAsync(string address, Func<Task<Fetched>> fetch)
    {
        lock (_lock)
        {
            if (_kept.TryGetValue(address, out var kept) && time.GetUtcNow() - kept.At < AgeOf(kept.Fetched))
            {
                return Task.FromResult(kept.Fetched);
            }

            if (!_running.TryGetValue(address, out var running))
            {
                // Not on this thread: it would begin under the lock.
                _running[address] = running = Task.Run(() => RunAsync(address, fetch));
            }

            return running;
        }
    }

    private async Task<Fetched> RunAsync(string address, Func<Task<Fetched>> fetch)
    {
        try
        {
            var fetched = await fetch();
            Keep(address, fetched);
            return fetched;
        }
        finally
        {
            lock (_lock)
            {
                _running.Remove(address);
            }
        }
    }

    private void Keep(string address, Fetched fetched)
    {
        lock (_lock)
        {
            Drop(address);
            _kept[address] = (fetched, time.GetUtcNow());
            _bytes += SizeOf(fetched);
            while (_kept.Count > MaxEntries || _bytes > MaxBytes)
            {
                Drop(_kept.MinBy(k => k.Value.At).Key);
            }
        }
    }

    private void Drop(string address)
    {
        if (_kept.Remove(address, out var old))
        {
            _bytes -= SizeOf(old.Fetched);
        }
    }

    private static TimeSpan AgeOf(Fetched fetched) => fetched is Fetched.Found ? MaxAge : MaxAgeOfFailure;

    private static int SizeOf(Fetched fetched) => fetched is Fetched.Found found ? found.Body.Length : 0;
}
