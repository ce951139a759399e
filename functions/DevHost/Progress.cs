using System.Diagnostics;
using System.Globalization;

namespace CitiesOfLearning.DevHost;

/// <summary>Tells the person what goes on; what takes longer than two seconds is said while it lasts, and how long it took.</summary>
internal sealed class Progress(Action<string> say)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    /// <summary>Where there is nobody to tell any more, it ends whoever tells, once.</summary>
    public static Progress On(TextWriter output)
    {
        var isBroken = false;
        return new Progress(line =>
        {
            try
            {
                if (!isBroken)
                {
                    output.WriteLine(line);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                isBroken = true;
                throw new DevHostException($"What the hub has to say cannot be written to its output: {e.Message}");
            }
        });
    }

    public void Say(string line) => say(line);

    /// <summary>For what is said on the way out.</summary>
    public void TrySay(string line)
    {
        try
        {
            say(line);
        }
        catch (DevHostException)
        {
            // There is nobody to tell that.
        }
    }

    /// <param name="task">What is waited for.</param>
    /// <param name="waiting">Said after two seconds, such as "Waiting for the worker".</param>
    /// <param name="done">Said at the end of what was slow, such as "The worker runs".</param>
    public async Task WaitAsync(Task task, string waiting, string done, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await task.WaitAsync(Slow, cancellationToken);
            return;
        }
        catch (TimeoutException) when (!task.IsFaulted)
        {
            say($"{waiting}…");
        }

        await task.WaitAsync(cancellationToken);
        say(string.Create(CultureInfo.InvariantCulture, $"{done} after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s."));
    }
}
