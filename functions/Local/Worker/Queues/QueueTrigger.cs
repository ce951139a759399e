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
    /// <summary>The lease that the host takes: https://github.com/Azure/azure-sdk-for-net, QueueListener's visibility of ten minutes.</summary>
    public static readonly TimeSpan HostLease = TimeSpan.FromMinutes(10);

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
            configuration.GetValue("Local:MessageLease", HostLease),
            configuration.GetValue("Local:Chaos", false) ? new Chaos() : null,
            run);
    }
}
