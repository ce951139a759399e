using Azure;
using CitiesOfLearning.DevHost.Services;
using CitiesOfLearning.FunctionsHost;

namespace CitiesOfLearning.DevHost;

/// <summary>What the command line asks for: the hub, or (with the word "services") all but the app.</summary>
internal static class DevCommand
{
    /// <returns>0 when it was stopped, 1 when it cannot go on; then the reason stands on the error output, and nothing is left
    /// running.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken stop)
    {
        var progress = Progress.On(output);
        using var stopping = new CancellationTokenSource();
        await using var asked = stop.Register(() =>
        {
            progress.TrySay("Stopping: what is in hand is finished first…");
            stopping.Cancel();
        });
        try
        {
            await RunAsync(CommandLine.Read(args), progress, stopping.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e)
        {
            Progress.On(error).TrySay(Sentence(e));
            return 1;
        }
    }

    private static Task RunAsync(CommandLine line, Progress progress, CancellationToken stop)
    {
        if (line.AsksForHelp)
        {
            progress.Say(CommandLine.Help);
            return Task.CompletedTask;
        }

        return line.AsksForServices ? RunServicesAsync(line.Settings, progress, stop) : RunHubAsync(line.Settings, progress, stop);
    }

    private static async Task RunHubAsync(string[] settings, Progress progress, CancellationToken stop)
    {
        progress.Say("Starting the hub: storage, then the worker…");
        await using var hub = DevHub.Open(settings, progress, stop);
        await hub.RunAsync(stop);
    }

    private static async Task RunServicesAsync(string[] settings, Progress progress, CancellationToken stop)
    {
        progress.Say("Starting storage and mailbox…");
        await using var services = DevServices.Open(settings, progress, stop);
        await services.RunAsync(stop);
    }

    private static string Sentence(Exception e) => e switch
    {
        DevHostException or WorkerException => e.Message,
        RequestFailedException refused => DevHostException.Refused(refused).Message,

        // Nobody foresaw it, and a stack is no help to whoever sits there.
        _ => $"The hub cannot go on ({e.GetType().Name}): {e.Message.Split('\n')[0].TrimEnd()}",
    };
}
