using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitiesOfLearning.Hub.Tests.Journeys;

/// <summary>When a request fails.</summary>
public enum Fault
{
    /// <summary>Storage never hears of it.</summary>
    Before,

    /// <summary>Storage does it, and the process dies before it knows.</summary>
    After,
}

/// <summary>Fails one request to storage, by its number, or all of them.</summary>
internal sealed class StorageFaults : HttpPipelinePolicy
{
    private int _count, _failAt;
    private Fault _fault;

    public bool Unreachable { get; set; }

    /// <summary>Nothing is answered, and nothing refused.</summary>
    public bool Silent { get; set; }

    /// <summary>How long the client waits for an answer before it asks again; null for the 100 s of Azure's own.</summary>
    public TimeSpan? Patience { get; set; }

    /// <summary>How many requests were made since <see cref="Arm"/>.</summary>
    public int Count => _count;

    public void Arm(int failAt, Fault fault) => (_failAt, _fault, _count) = (failAt, fault, 0);

    public void Disarm() => _failAt = 0;

    public override void Process(
        HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The hub waits for nobody.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var fails = Interlocked.Increment(ref _count) == _failAt;
        if (Silent)
        {
            await Task.Delay(Timeout.Infinite, message.CancellationToken);
        }

        if (Unreachable || (fails && _fault == Fault.Before))
        {
            throw new RequestFailedException(503, "Storage is away.");
        }

        message.NetworkTimeout = Patience;
        await ProcessNextAsync(message, pipeline);
        if (fails)
        {
            throw new RequestFailedException(503, "The answer was lost.");
        }
    }
}
