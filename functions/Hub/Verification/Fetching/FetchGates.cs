namespace CitiesOfLearning.Hub.Verification.Fetching;

/// <summary>
/// Keeps the hub from being used to trouble others: so many connections at once to one host and to all, and so many requests to one host in
/// a minute.
/// </summary>
internal sealed class FetchGates(TimeProvider time) : IDisposable
{
    public const int AtOnce = 16;
    public const int AtOncePerHost = 2;
    public const int PerHostAndMinute = 60;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _all = new(AtOnce);
    private readonly Dictionary<string, HostGate> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for a place; null if the host has been asked enough. Dispose what it gives when the request is over.</summary>
    public async Task<IDisposable?> EnterAsync(string host, CancellationToken cancellationToken)
    {
        if (Find(host) is not { } gate)
        {
            return null;
        }

        // The host's place first, so that those who wait for a slow host do not fill up the hub.
        await gate.Places.WaitAsync(cancellationToken);
        try
        {
            await _all.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            gate.Places.Release();
            throw;
        }

        return new Place(this, gate);
    }

    public void Dispose() => _all.Dispose();

    private HostGate? Find(string host)
    {
        var now = time.GetUtcNow();
        lock (_hosts)
        {
            if (!_hosts.TryGetValue(host, out var gate) || now - gate.Since >= Minute)
            {
                foreach (var old in _hosts.Where(h => now - h.Value.Since >= Minute).Select(h => h.Key).ToArray())
                {
                    _hosts.Remove(old);
                }

                _hosts[host] = gate = new HostGate(now, gate?.Places ?? new SemaphoreSlim(AtOncePerHost));
            }

            return gate.Requests++ < PerHostAndMinute ? gate : null;
        }
    }

    private sealed class HostGate(DateTimeOffset since, SemaphoreSlim places)
    {
        public DateTimeOffset Since => since;

        public SemaphoreSlim Places => places;

        public int Requests { get; set; }
    }

    private sealed class Place(FetchGates gates, HostGate gate) : IDisposable
    {
        public void Dispose()
        {
            gates._all.Release();
            gate.Places.Release();
        }
    }
}
