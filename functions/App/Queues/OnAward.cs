using CitiesOfLearning.Hub.Issuing;
using CitiesOfLearning.Hub.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CitiesOfLearning.App.Queues;

/// <summary>ISSUE.</summary>
public sealed class OnAward(CredentialIssuer issuer)
{
    [Function(nameof(OnAward))]
    public Task Run([QueueTrigger(HubStorage.AwardsQueue)] string message, CancellationToken cancellationToken) =>
        issuer.HandleAsync(message, cancellationToken);
}
