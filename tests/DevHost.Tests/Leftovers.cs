using System.Diagnostics;

namespace CitiesOfLearning.DevHost.Tests;

/// <summary>Processes that are still there and should not be.</summary>
internal static class Leftovers
{
    /// <summary>The id of the storage emulator that uses this data folder, if it still runs.</summary>
    public static IEnumerable<int> Of(string dataFolder)
    {
        var note = Path.Combine(dataFolder, "azurite.pid");
        return File.Exists(note) && IsRunning(int.Parse(File.ReadAllText(note))) ? [int.Parse(File.ReadAllText(note))] : [];
    }

    public static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static async Task GoAsync(params int[] processIds)
    {
        var began = Stopwatch.GetTimestamp();
        while (processIds.Where(IsRunning).ToList() is { Count: > 0 } left)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20), $"Still running: {string.Join(", ", left)}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
