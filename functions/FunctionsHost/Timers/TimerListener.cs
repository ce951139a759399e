using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using NCrontab;

namespace CitiesOfLearning.Local.Worker;

/// <summary>
/// Runs a timer function on its NCRONTAB schedule: six fields, seconds first, in UTC, never two runs at once.
/// https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions
/// </summary>
internal sealed partial class TimerListener(
    LocalFunction function, Func<TimerInfo, CancellationToken, Task> run, TimeProvider time, ILogger logger)
{
    /// <summary>A timer holds no more than 49 days; a yearly schedule is waited for in days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly TimerTriggerAttribute trigger = (TimerTriggerAttribute)function.Trigger;
    private readonly CrontabSchedule schedule = CrontabSchedule.Parse(
        ((TimerTriggerAttribute)function.Trigger).Schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true });

    private DateTime last;

    public async Task RunAsync(CancellationToken stop)
    {
        var next = schedule.GetNextOccurrence(Now());
        if (trigger.RunOnStartup)
        {
            await InvokeAsync(pastDue: false, stop);
        }

        while (!stop.IsCancellationRequested)
        {
            var wait = next - Now();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

                continue;
            }

            await InvokeAsync(pastDue: wait < -TimeSpan.FromSeconds(1), stop);
            next = schedule.GetNextOccurrence(Now());
        }
    }

    private DateTime Now()
    {
        return time.GetUtcNow().UtcDateTime;
    }

    private async Task InvokeAsync(bool pastDue, CancellationToken stop)
    {
        var now = Now();
        var status = new ScheduleStatus { Last = last, Next = schedule.GetNextOccurrence(now), LastUpdated = last };
        try
        {
            await run(new TimerInfo { ScheduleStatus = status, IsPastDue = pastDue }, stop);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, function.Name, exception);
        }

        last = now;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Timer function {Function} failed")]
        public static partial void Failed(ILogger logger, string function, Exception exception);
    }
}
