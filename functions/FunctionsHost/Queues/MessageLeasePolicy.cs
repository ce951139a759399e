using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CitiesOfLearning.FunctionsHost.Queues;

/// <summary>
/// The listener takes messages for ten minutes, a constant that it offers no option for: this writes another time into its Get Messages.
/// https://learn.microsoft.com/rest/api/storageservices/get-messages
/// </summary>
internal sealed class MessageLeasePolicy(TimeSpan lease) : HttpPipelineSynchronousPolicy
{
    private const string TenMinutes = "visibilitytimeout=600";

    private readonly string _lease = string.Create(
        CultureInfo.InvariantCulture, $"visibilitytimeout={Math.Max(1, (int)lease.TotalSeconds)}");

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Method == RequestMethod.Get
            && message.Request.Uri.Query.Contains(TenMinutes, StringComparison.OrdinalIgnoreCase))
        {
            message.Request.Uri.Query = message.Request.Uri.Query.Replace(TenMinutes, _lease, StringComparison.OrdinalIgnoreCase);
        }
    }
}
