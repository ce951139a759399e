using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CitiesOfLearning.Local.Worker;

/// <summary>Everything that runs without being asked over HTTP: the queue and the timer functions.</summary>
internal sealed class Listeners(
    IReadOnlyList<LocalFunction> functions, HostJson settings, FunctionExecutionDelegate pipeline, IServiceProvider services)
{
    public async Task RunAsync(Task storageReady, CancellationToken stop, CancellationToken deadline)
    {
        await storageReady.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stop.IsCancellationRequested || !storageReady.IsCompletedSuccessfully)
        {
            return;
        }

        await Task.WhenAll(functions.Select(function => ListenAsync(function, stop, deadline)));
    }

    private Task ListenAsync(LocalFunction function, CancellationToken stop, CancellationToken deadline)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger($"Function.{function.Name}");
        switch (function.Trigger)
        {
            case QueueTriggerAttribute:
                var queue = QueueTrigger.Connect(function, services.GetRequiredService<IConfiguration>(), settings, Run);

                return new QueueListener(queue, logger).RunAsync(stop, deadline);
            case TimerTriggerAttribute:
                return new TimerListener(function, Run, services.GetRequiredService<TimeProvider>(), logger).RunAsync(stop);
            default:
                return Task.CompletedTask;
        }

        async Task Run(object trigger, CancellationToken cancellation)
        {
            await using var scope = services.CreateAsyncScope();
            await pipeline(new LocalFunctionContext(function, trigger, scope.ServiceProvider, cancellation));
        }
    }
}
