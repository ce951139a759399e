namespace CitiesOfLearning.DevHost;

/// <summary>What the command line asks for.</summary>
internal static class DevCommand
{
    /// <returns>0 when it was stopped, 1 when it cannot go on; then the reason stands on the error output, and nothing is left running.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken stop)
    {
        var progress = new Progress(output.WriteLine);
        try
        {
            progress.Say("Starting the hub: storage, then the worker…");
            await using var hub = DevHub.Open(args, progress);
            await hub.RunAsync(stop);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (DevHostException e)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
