using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace CitiesOfLearning.Local.Worker;

/// <summary>A queue function, its queue and the queue's poison twin. Encoding is ours, so that a wrong one can be poisoned.</summary>
internal sealed record QueueTrigger(
    LocalFunction Function,
    QueueClient Queue,
    QueueClient Poison,
    HostJson Settings,
    TimeSpan Lease,
    Chaos? Chaos,
    Func<BinaryData, CancellationToken, Task> Run)
{
    /// <summary>
    /// The host leases messages for ten minutes and renews. On a laptop whoever kills the hub starts it again at once and does not wait
    /// that long for what was in hand.
    /// </summary>
    private static readonly TimeSpan UsualLease = TimeSpan.FromSeconds(30);

    public static QueueTrigger Connect(
        LocalFunction function, IConfiguration configuration, HostJson settings, Func<BinaryData, CancellationToken, Task> run)
    {
        var attribute = (QueueTriggerAttribute)function.Trigger;
        var connection = attribute.Connection is { } name
            ? configuration["AzureWebJobs" + name] ?? configuration[name]
            : configuration["AzureWebJobsStorage"];
        var service = new QueueServiceClient(
            connection ?? throw new InvalidOperationException($"Function '{function.Name}' has no connection string."),
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None });

        return new QueueTrigger(
            function,
            service.GetQueueClient(attribute.QueueName),
            service.GetQueueClient(attribute.QueueName + "-poison"),
            settings,
            configuration.GetValue("Local:MessageLease", UsualLease),
            configuration.GetValue("Local:Chaos", false) ? new Chaos() : null,
            run);
    }
}
