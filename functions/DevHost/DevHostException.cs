using Azure;

namespace CitiesOfLearning.DevHost;

/// <summary>Something about this machine keeps the hub from running; the message tells the person what, and what to do.</summary>
public sealed class DevHostException(string message) : Exception(message)
{
    /// <summary>Storage is there, and answers with an error.</summary>
    public static DevHostException Refused(RequestFailedException error)
    {
        var code = $"{error.Status} {error.ErrorCode}".TrimEnd();
        return new DevHostException(
            $"Storage refused what the hub needs ({code}). Look whether the disk is full, and what else uses this storage; then start " +
            "again.\n" +
            "Local__DataFolder and AzureWebJobsStorage name another place.");
    }
}
