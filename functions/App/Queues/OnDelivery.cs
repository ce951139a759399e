using CitiesOfLearning.Hub.Awards;
using CitiesOfLearning.Hub.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Queues;

/// <summary>UNDERSTAND.</summary>
public sealed class OnDelivery(DeliveryHandler handler)
{
    [Function(nameof(OnDelivery))]
    public Task Run([QueueTrigger(HubStorage.DeliveriesQueue)] string message, CancellationToken cancellationToken) =>
        handler.HandleAsync(message, cancellationToken);
}
