using Azure.Core;
using Azure.Core.Pipeline;

namespace CitiesOfLearning.Local.Laptop;

/// <summary>Lets each request to storage wait until the emulator is there, so that the hub can answer everything else at once.</summary>
internal sealed class WaitForStorage(Task storageReady) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        storageReady.GetAwaiter().GetResult();
        ProcessNext(message, pipeline);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await storageReady.WaitAsync(message.CancellationToken);
        await ProcessNextAsync(message, pipeline);
    }
}
