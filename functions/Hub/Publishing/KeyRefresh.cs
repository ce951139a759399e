using CitiesOfLearning.Hub.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Hub.Publishing;

/// <summary>
/// Asks for every city's keys at start and each minute, so that they are looked up before anybody who verifies would have to wait. In each
/// instance, for each has a memory of its own: a timer function runs in one.
/// </summary>
internal sealed partial class KeyRefresh(KeyDocuments keys, TimeProvider time, ILogger<KeyRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            try
            {
                await keys.JwksAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotRead(logger, e.IsAbsence() ? null : e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The keys of the cities could not be read; asked again in a minute")]
        public static partial void NotRead(ILogger logger, Exception? exception);
    }
}
