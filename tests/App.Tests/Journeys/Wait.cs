using System.Diagnostics;

namespace CitiesOfLearning.App.Tests.Journeys;

/// <summary>For what happens in another process, which cannot be awaited.</summary>
internal static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static Task UntilAsync(Func<bool> holds, TimeSpan patience, Func<string> otherwise) =>
        UntilAsync(() => Task.FromResult(holds()), patience, otherwise);

    /// <param name="otherwise">What to say when patience ends.</param>
    public static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan patience, Func<string> otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > patience)
            {
                Assert.Fail(otherwise());
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
