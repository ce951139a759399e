using Azure;
using CitiesOfLearning.DevHost.Services;
using CitiesOfLearning.FunctionsHost;

namespace CitiesOfLearning.DevHost;

/// <summary>What the command line asks for: the hub, or (with the word "services") all but the app.</summary>
internal static class DevCommand
{
    /// <returns>0 when it was stopped, 1 when it cannot go on; then the reason stands on the error output, and nothing is left running.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken stop)
    {
        try
        {
            await (args is ["services", .. var settings]
                ? RunServicesAsync(settings, new Progress(output.WriteLine), stop)
                : RunHubAsync(args, new Progress(output.WriteLine), stop));
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is DevHostException or WorkerException)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (RequestFailedException e)
        {
            await error.WriteLineAsync(DevHostException.Refused(e).Message);
            return 1;
        }
    }

    private static async Task RunHubAsync(string[] args, Progress progress, CancellationToken stop)
    {
        progress.Say("Starting the hub: storage, then the worker…");
        await using var hub = DevHub.Open(args, progress);
        await hub.RunAsync(stop);
    }

    private static async Task RunServicesAsync(string[] args, Progress progress, CancellationToken stop)
    {
        progress.Say("Starting storage and mailbox…");
        await using var services = DevServices.Open(args, progress);
        await services.RunAsync(stop);
    }
}
