namespace Microsoft.Azure.Functions.Worker;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    public string QueueName { get; } = queueName;

    /// <summary>The name of the setting that holds the connection string; AzureWebJobsStorage when it is null.</summary>
    public string? Connection { get; set; }
}
