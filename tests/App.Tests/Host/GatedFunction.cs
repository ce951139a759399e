using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CitiesOfLearning.App.Tests.Host;

/// <summary>A queue function that notes its message and then waits until the test lets it through.</summary>
public sealed class GatedFunction(Notes notes, Gate gate)
{
    [Function("gated")]
    public async Task Run([QueueTrigger("gated")] string message, CancellationToken cancellation)
    {
        using var _ = cancellation.Register(() => notes.Add("cancelled"));
        notes.Add(message);
        await gate.PassAsync();
    }

    internal static Task<TestHost> StartAsync(string storage, params string[] settings)
    {
        return TestHost.StartAsync(
            [typeof(GatedFunction)], builder => builder.Services.AddSingleton<Gate>(), [$"--AzureWebJobsStorage={storage}", .. settings]);
    }
}

public sealed class Gate : IDisposable
{
    private readonly SemaphoreSlim passes = new(0);
    private int now;
    private int most;

    public int MostAtOnce => most;

    public void Open(int count)
    {
        passes.Release(count);
    }

    public async Task PassAsync()
    {
        var here = Interlocked.Increment(ref now);
        for (var seen = most; here > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, here, seen);
        }

        await passes.WaitAsync();
        Interlocked.Decrement(ref now);
    }

    public void Dispose()
    {
        passes.Dispose();
    }
}
