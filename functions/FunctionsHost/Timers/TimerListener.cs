using System.Globalization;
using CitiesOfLearning.FunctionsHost.Protocol;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using NCrontab;

namespace CitiesOfLearning.FunctionsHost.Timers;

/// <summary>
/// Runs a timer function on its NCRONTAB schedule: five fields, or six with seconds first, in UTC, never two runs at once. It remembers
/// nothing over a restart, so no run is ever past due for that.
/// https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
/// </summary>
internal sealed partial class TimerListener(
    LoadedFunction function, WorkerProcess worker, IConfiguration settings, TimeProvider time, ILogger logger, Patience patience)
{
    /// <summary>A timer holds no more than 49 days; a yearly schedule is waited for in days.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    private readonly CrontabSchedule _schedule = Parse(Setting(function.Text("schedule") ?? "", settings));

    public async Task RunAsync(CancellationToken stop)
    {
        var next = _schedule.GetNextOccurrence(Now());
        if (function.Is("runOnStartup"))
        {
            await InvokeAsync(isPastDue: false, stop);
        }

        while (!stop.IsCancellationRequested)
        {
            var wait = next - Now();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait < MaxWait ? wait : MaxWait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            await InvokeAsync(isPastDue: wait < -TimeSpan.FromSeconds(1), stop);
            next = _schedule.GetNextOccurrence(Now());
        }
    }

    private static CrontabSchedule Parse(string schedule)
    {
        var fields = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return CrontabSchedule.Parse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 });
    }

    // %name% is the value of that setting.
    private static string Setting(string text, IConfiguration settings) => text is ['%', .. var name, '%']
        ? settings[name.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The setting {name} is missing."))
        : text;

    private DateTime Now() => time.GetUtcNow().UtcDateTime;

    private async Task InvokeAsync(bool isPastDue, CancellationToken stop)
    {
        try
        {
            var channel = await worker.ReadyAsync(stop);
            if (channel.Find(function.Name) is not { } loaded)
            {
                Log.Missing(logger, function.Name);
                return;
            }

            var answer = await channel.InvokeAsync(loaded, TriggerData.OfTimer(isPastDue), [], patience.Late).WaitAsync(patience.TooLate);
            if (answer.Result.Status != StatusResult.Types.Status.Success)
            {
                Log.Failed(logger, function.Name, answer.Result.Exception?.Message ?? answer.Result.Result);
            }
        }
        catch (WorkerException e)
        {
            Log.Failed(logger, function.Name, e.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops before there was a worker, or no longer waits.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Timer function {Function} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string function, string reason);

        [LoggerMessage(2, LogLevel.Warning, "The app no longer has the timer function {Function}, so it does not run")]
        public static partial void Missing(ILogger logger, string function);
    }
}
